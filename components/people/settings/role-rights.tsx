import { Check } from "lucide-react";
import { roleAllows, workspaceRoles } from "#lib/auth/access.ts";
import { roleRights, roleWord } from "./role-words.ts";

/** The table under the members: what each role may do. */
export function RoleRights() {
  return (
    <section aria-labelledby="rights" className="min-w-0">
      <h2 id="rights" className="text-section">
        What each role may do
      </h2>
      <table className="mt-2 w-full text-body">
        <thead>
          <tr className="border-line border-b text-secondary text-ink-2">
            <th scope="col" className="h-8 text-left font-normal">
              <span className="sr-only">Right</span>
            </th>
            {workspaceRoles.map((role) => (
              <th key={role} scope="col" className="w-20 px-1 text-center font-normal">
                {roleWord[role]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {roleRights.map(({ words, least }) => (
            <tr key={words} className="border-line border-b">
              <th scope="row" className="py-1.5 pr-2 text-left font-normal text-ink">
                {words}
              </th>
              {workspaceRoles.map((role) => (
                <td key={role} className="text-center">
                  {roleAllows(role, least) ? (
                    <Check size={16} role="img" aria-label="Yes" className="mx-auto text-completed" />
                  ) : (
                    <span className="text-ink-3">
                      <span aria-hidden="true">–</span>
                      <span className="sr-only">No</span>
                    </span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
