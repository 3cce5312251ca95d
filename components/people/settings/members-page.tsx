"use client";

import { useState } from "react";
import { useCurrentWorkspace } from "#components/studio-frame/workspace-context.ts";
import { SearchInput } from "#components/ui/input.tsx";
import { text } from "#components/ui/url-codec.ts";
import { useUrlState } from "#components/ui/use-url-state.ts";
import { InviteDialog, type MadeInvite } from "../invite-dialog.tsx";
import { AccessRequests } from "./access-requests.tsx";
import { InviteBar } from "./invite-bar.tsx";
import { MembersTable } from "./members-table.tsx";
import { RecentPeopleChanges } from "./recent-people-changes.tsx";
import { RoleRights } from "./role-rights.tsx";
import { SettingsFrame } from "./settings-frame.tsx";

const codecs = { find: text() };

export function MembersPage() {
  const { displayName, can } = useCurrentWorkspace();
  const [{ find }, setView] = useUrlState(codecs);
  const [made, setMade] = useState<MadeInvite | null>(null);
  return (
    <SettingsFrame
      title="Members"
      description={`Members see everything in ${displayName}. What they may change depends on their role.`}
      wide
    >
      <AccessRequests />
      <div>
        <div className="mb-2 flex flex-wrap items-start gap-2">
          {can("owner") ? <InviteBar onMade={setMade} /> : null}
          <div className="w-48 max-sm:w-full">
            <SearchInput
              label="Find a member"
              placeholder="Find"
              size="lg"
              value={find}
              onValueChange={(next) => setView({ find: next })}
            />
          </div>
        </div>
        <div className="-mx-4 sm:-mx-6">
          <MembersTable find={find} />
        </div>
      </div>
      <div className="grid gap-8 wide:grid-cols-[3fr_2fr]">
        <RoleRights />
        <RecentPeopleChanges />
      </div>
      <InviteDialog invite={made} onClose={() => setMade(null)} />
    </SettingsFrame>
  );
}
