import { cn } from "#components/ui/cn.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { describePortType, isValueType } from "#lib/components/model.ts";
import type { RunPort } from "#lib/runs/model.ts";

/** Whether an output is one value, which is there to be read at once. */
export function isValue({ type, value }: RunPort): boolean {
  return value !== null && isValueType(type);
}

export interface OutputValuesProps {
  ports: readonly RunPort[];
  /** The space beside each, to line up with what is around. */
  className?: string | undefined;
}

/** Outputs that are values: each with its name and its type. */
export function OutputValues({ ports, className = "px-4 sm:px-6" }: OutputValuesProps) {
  return (
    <dl className="flex flex-col">
      {ports.map(({ name, type, value }) => (
        <div key={name} className={cn("flex flex-col gap-1 border-line border-b py-3", className)}>
          <dt className="flex flex-wrap items-baseline gap-x-2">
            <span className="text-name">{name.replaceAll("_", " ")}</span>
            <span className="text-secondary text-ink-3">
              {isValueType(type) ? describePortType(type) : type}
            </span>
          </dt>
          <dd className="flex items-center gap-1">
            <span className="min-w-0 whitespace-pre-wrap break-words text-code">
              {value === "" ? <i className="text-ink-3">empty</i> : value}
            </span>
            <CopyButton text={value ?? ""} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
