import { type Chance, createChance } from "../../sample/pipelines/chance.ts";

const columns =
  "age,job,marital,education,default,housing,loan,contact,month,day_of_week,duration,campaign,pdays,previous,poutcome," +
  "emp.var.rate,cons.price.idx,cons.conf.idx,euribor3m,nr.employed,y";
const rows = 12_000;
const oldest = 98;
const even = <T>(...values: T[]) => values.map((value) => [value, 1] as const);
const jobs = [
  "admin.",
  "blue-collar",
  "technician",
  "services",
  "management",
  "retired",
  "student",
  "unemployed",
];

function makeRow(chance: Chance, index: number): (string | number)[] {
  const job = chance.pick(even(...jobs));
  const age = index === 0 ? oldest : Math.round(Math.min(95, Math.max(17, chance.normal(40, 10))));
  const again = chance.yes(0.14);
  const good = again && chance.yes(0.3);
  const low = chance.yes(0.3);
  const euribor = Number((low ? chance.between(0.7, 1.5) : chance.between(4.7, 5)).toFixed(3));
  const says =
    0.03 + (good ? 0.55 : 0) + (low ? 0.14 : 0) + (job === "student" || job === "retired" ? 0.1 : 0);
  return [
    age,
    job,
    chance.pick(even("married", "single", "divorced")),
    chance.pick(even("basic.9y", "high.school", "university.degree", "unknown")),
    chance.yes(0.2) ? "unknown" : "no",
    chance.pick(even("yes", "no")),
    chance.yes(0.15) ? "yes" : "no",
    chance.yes(0.64) ? "cellular" : "telephone",
    chance.pick(even("may", "jun", "jul", "aug", "nov")),
    chance.pick(even("mon", "tue", "wed", "thu", "fri")),
    Math.round(Math.abs(chance.normal(0, 260))),
    1 + Math.floor(Math.abs(chance.normal(0, 2))),
    good ? chance.integer(1, 20) : 999,
    again ? chance.integer(1, 3) : 0,
    good ? "success" : again ? "failure" : "nonexistent",
    low ? -1.8 : 1.1,
    low ? 92.893 : 93.994,
    low ? -46.2 : -36.4,
    euribor,
    low ? 5099.1 : 5191,
    chance.yes(says) ? "yes" : "no",
  ];
}

/** A table like the bank marketing data: its columns and kinds of value, made up, the same each time. */
export function makeStandIn(): string {
  const chance = createChance(1);
  const lines = Array.from({ length: rows }, (_, index) => makeRow(chance, index).join(","));
  return `${[columns, ...lines].join("\n")}\n`;
}
