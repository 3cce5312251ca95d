"use client";

import { setSingleKeys, useSingleKeys } from "#components/shell/shortcuts.ts";
import { setTheme, useTheme } from "#components/theme/theme.ts";
import { RadioGroup } from "#components/ui/radio.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { SettingsFrame, SettingsSection } from "./settings-frame.tsx";

/** Kept by this browser, not by the account: a screen at home and one in a hall differ. */
export function AppearancePage() {
  const { choice } = useTheme();
  const singleKeys = useSingleKeys();
  return (
    <SettingsFrame title="Appearance" description="Kept by this browser.">
      <SettingsSection title="Theme">
        <RadioGroup
          label="Theme"
          value={choice}
          onValueChange={setTheme}
          options={[
            { value: "system", label: "As the system", help: "Changes when the system does" },
            { value: "light", label: "Light" },
            { value: "dark", label: "Dark" },
          ]}
        />
      </SettingsSection>
      <SettingsSection title="Keys" description="Press ? on any page to see them all.">
        <Switch checked={singleKeys} onCheckedChange={setSingleKeys}>
          Single-letter keys
        </Switch>
      </SettingsSection>
    </SettingsFrame>
  );
}
