"use client";

import { useSyncExternalStore } from "react";
import { Button, type ButtonProps } from "#components/ui/button.tsx";

const never = () => () => {};

/** False in the page as the server sent it, true once the browser runs it. */
function useIsAwake(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

/**
 * Sends a form. Until the page is awake it does nothing: the browser's own way would reload the page and write what was
 * typed, a password too, into the address.
 */
export function SubmitButton({ variant = "primary", ...rest }: Omit<ButtonProps, "type">) {
  const isAwake = useIsAwake();
  return (
    <Button
      variant={variant}
      type={isAwake ? "submit" : "button"}
      {...(isAwake ? {} : { "aria-disabled": true })}
      {...rest}
    />
  );
}
