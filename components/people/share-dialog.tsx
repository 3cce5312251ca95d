"use client";

import { Link2, UserPlus } from "lucide-react";
import { useState } from "react";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { plural } from "#components/ui/format.ts";
import { Link } from "#components/ui/navigation.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { useMe } from "#lib/account/hooks.ts";
import { useMembers } from "#lib/members/hooks.ts";
import { InviteLink, type MadeInvite } from "./invite-dialog.tsx";
import { InviteBar } from "./settings/invite-bar.tsx";
import { roleWord } from "./settings/role-words.ts";

const shownMembers = 4;

/** The view as its address says it: filters, tab and chart settings are part of it. */
function currentView(): { path: string; title: string } {
  const { pathname, search, hash } = window.location;
  return { path: pathname + search + hash, title: document.title.split(" · ")[0] ?? "this page" };
}

/** At the right of every top bar. */
export function ShareButton() {
  const [view, setView] = useState<ReturnType<typeof currentView> | null>(null);
  return (
    <>
      <Button
        variant="quiet"
        icon={<UserPlus size={16} />}
        aria-label="Share"
        onClick={() => setView(currentView())}
        className="max-sm:w-11 max-sm:px-0"
      >
        <span className="max-sm:hidden">Share</span>
      </Button>
      <Dialog
        open={view !== null}
        onOpenChange={(open) => !open && setView(null)}
        title={`Share “${view?.title ?? ""}”`}
        description="The link opens this view as it is now, for members."
        footerNote={
          <span className="flex items-center gap-2">
            <Link2 size={16} /> Link for members
          </span>
        }
        footer={
          view ? (
            <CopyButton
              text={`${window.location.origin}${view.path}`}
              label="Copy link"
              variant="default"
              size="md"
            />
          ) : undefined
        }
      >
        {view ? <ShareBody path={view.path} /> : null}
      </Dialog>
    </>
  );
}

function ShareBody({ path }: { path: string }) {
  const { name, displayName, can } = useCurrentWorkspace();
  const [made, setMade] = useState<MadeInvite | null>(null);
  const { data } = useMembers(name);
  const me = useMe().data;
  const members = data?.items ?? [];
  return (
    <div className="flex flex-col gap-4">
      {can("owner") ? (
        <div className="flex flex-col gap-2">
          <InviteBar path={path} onMade={setMade} />
          {made ? (
            <InviteLink invite={made} />
          ) : (
            <Notice>
              Who is invited joins the workspace <strong className="font-semibold">{displayName}</strong> and
              sees all its data, runs and endpoints, not only this page.
            </Notice>
          )}
        </div>
      ) : null}
      <div>
        <div className="flex items-baseline">
          <h3 className="text-secondary text-ink-3">In this workspace</h3>
          <span className="ml-auto text-secondary text-ink-3">
            {data ? plural(members.length, "member") : ""}
          </span>
        </div>
        {data ? (
          <ul>
            {members.slice(0, shownMembers).map((member) => (
              <li key={member.userId} className="flex items-center gap-3 py-2">
                <Avatar person={{ id: member.userId, name: member.name }} size={28} labelled={false} />
                <div className="min-w-0 flex-1">
                  <p className="truncate text-name">
                    {member.name}{" "}
                    {member.userId === me?.id ? <span className="font-normal text-ink-3">you</span> : null}
                  </p>
                  <p className="truncate text-secondary text-ink-3">{member.email}</p>
                </div>
                <span className="text-body text-ink-2">{roleWord[member.role]}</span>
              </li>
            ))}
          </ul>
        ) : (
          <SkeletonRows rows={2} label="Loading the members" />
        )}
        <Link href={`/${name}/settings/members`} className="link text-body">
          Manage all members
        </Link>
      </div>
    </div>
  );
}
