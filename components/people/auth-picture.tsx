import { Box, Database, Radio, Terminal } from "lucide-react";
import type { ReactNode } from "react";
import { StatusIcon } from "#components/ui/status-icon.tsx";

interface NodeProps {
  x: number;
  y: number;
  icon: ReactNode;
  name: string;
  line: ReactNode;
  progress?: number;
  waiting?: boolean;
}

function Node({ x, y, icon, name, line, progress, waiting = false }: NodeProps) {
  return (
    <div
      style={{ left: x, top: y }}
      className={`absolute h-14 w-[224px] rounded-card border bg-panel px-3 py-2 ${waiting ? "border-line-2 border-dashed" : "border-line-2"}`}
    >
      <div className="flex items-center gap-2 font-medium text-[12.5px]/[18px] text-ink [&_svg]:size-4">
        {icon}
        {name}
      </div>
      <div className="mt-0.5 flex items-center gap-1.5 text-[11.5px]/[18px] text-ink-3">{line}</div>
      {progress === undefined ? null : (
        <div className="absolute inset-x-2 bottom-0.5 h-0.5 bg-active">
          <div className="h-full bg-running" style={{ width: `${progress * 100}%` }} />
        </div>
      )}
    </div>
  );
}

const ages = [1, 8, 24, 36, 45, 58, 52, 40, 38, 31, 33, 28, 22, 21, 16, 10, 3, 1, 1, 1, 1, 1, 0.5, 0.5];
const curve = "M0 34 C6 20 9 22 14 18 S30 14 48 12 S90 8 116 6 S150 4 168 3";

function Card({ x, y, children }: { x: number; y: number; children: ReactNode }) {
  return (
    <div style={{ left: x, top: y }} className="absolute w-[252px] rounded-card bg-raised p-3.5 shadow-2">
      {children}
    </div>
  );
}

/** One model's way from data to an endpoint, as the studio draws it. Ornament: it is hidden from screen readers. */
export function AuthPicture() {
  return (
    <div className="relative top-1/2 left-1/2 h-[552px] w-[640px] -translate-x-1/2 -translate-y-1/2">
      <Node
        x={24}
        y={32}
        icon={<Database />}
        name="bank-marketing"
        line={
          <>
            <StatusIcon kind="completed" size={14} />
            <span className="text-completed">v3</span> 29,999 rows, 21 columns
          </>
        }
      />
      <Node
        x={24}
        y={176}
        icon={<Terminal />}
        name="train.py"
        progress={0.62}
        line={
          <>
            <StatusIcon kind="running" size={14} progress={0.62} />
            <span className="text-running">0:31</span> 248 of 400 trees
          </>
        }
      />
      <Node
        x={88}
        y={320}
        icon={<Box />}
        name="term-deposit-classifier"
        waiting
        line={
          <>
            <StatusIcon kind="queued" size={14} /> Waits for train.py
          </>
        }
      />
      <Node
        x={176}
        y={464}
        icon={<Radio />}
        name="term-deposit"
        waiting
        line={
          <>
            <StatusIcon kind="queued" size={14} /> Waits for the model
          </>
        }
      />
      <svg width="640" height="552" fill="none" className="absolute inset-0" role="presentation">
        <path d="M136 88V176" stroke="var(--ink-3)" strokeWidth="1.5" />
        <path
          d="M136 232C136 280 200 268 200 320"
          stroke="var(--running)"
          strokeWidth="1.5"
          strokeDasharray="5 4"
        />
        <path
          d="M200 376C200 424 288 416 288 464"
          stroke="var(--control)"
          strokeWidth="1.5"
          strokeDasharray="3 4"
        />
        {[88, 176].map((y) => (
          <circle key={y} cx="136" cy={y} r="5" fill="var(--accent)" />
        ))}
        <circle cx="136" cy="232" r="5" fill="var(--accent)" />
        <circle cx="200" cy="320" r="4.25" fill="var(--panel)" stroke="var(--control)" strokeWidth="1.5" />
        <circle cx="200" cy="376" r="4.25" fill="var(--panel)" stroke="var(--control)" strokeWidth="1.5" />
        <circle cx="288" cy="464" r="4.25" fill="var(--panel)" stroke="var(--control)" strokeWidth="1.5" />
      </svg>
      <Card x={368} y={40}>
        <div className="flex items-baseline">
          <span className="text-name">age</span>
          <span className="ml-auto text-secondary text-ink-3">integer, nothing missing</span>
        </div>
        <div className="mt-3 flex h-16 items-end gap-px border-line-2 border-b">
          {ages.map((height, index) => (
            <div key={index} className="flex-1 bg-bar" style={{ height }} />
          ))}
        </div>
        <div className="mt-1.5 flex justify-between text-secondary text-ink-3 tabular-nums">
          <span>17</span>
          <span>median 38</span>
          <span>98</span>
        </div>
      </Card>
      <Card x={384} y={256}>
        <div className="flex items-baseline">
          <span className="text-name">AUC</span>
          <span className="ml-auto text-name tabular-nums">0.8053</span>
        </div>
        <svg viewBox="0 0 272 64" className="mt-2 w-full" fill="none" role="presentation">
          <path d={`${curve} V64 H0Z`} fill="var(--accent)" fillOpacity=".12" />
          <path d={curve} stroke="var(--chart-1)" strokeWidth="1.75" />
          <circle cx="168" cy="3" r="2.5" fill="var(--chart-1)" />
        </svg>
        <div className="mt-1.5 flex justify-between text-secondary text-ink-3 tabular-nums">
          <span>tree 1</span>
          <span>248 of 400</span>
        </div>
      </Card>
    </div>
  );
}
