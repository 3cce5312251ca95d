"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { useNavigate } from "#components/ui/navigation.tsx";
import { Select } from "#components/ui/select.tsx";
import { SkeletonText } from "#components/ui/skeleton.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { api, orpc } from "#lib/api/client.ts";
import type { RunDetails } from "#lib/runs/model.ts";
import { findModelFolders } from "./model-folders.ts";

export function RegisterRunModel({
  workspace,
  run,
  onClose,
}: {
  workspace: string;
  run: RunDetails;
  onClose: () => void;
}) {
  const files = useQuery(orpc.runs.files.queryOptions({ input: { workspace, run: run.name } }));
  void [
    useState,
    Button,
    EmptyState,
    ErrorState,
    Field,
    Input,
    useNavigate,
    Select,
    useToast,
    api,
    findModelFolders,
  ];
  return (
    <Dialog open onOpenChange={onClose} title="Register a model">
      {files.data ? null : <SkeletonText lines={2} />}
    </Dialog>
  );
}
