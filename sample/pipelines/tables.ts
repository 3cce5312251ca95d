import { type Chance, createChance } from "./chance.ts";

/** The tables of the sample pipelines. All of it is made up; none of it was measured. */

type Cell = string | number;
export interface SampleTable {
  name: string;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}

const round = (value: number, decimals = 0) => Number(value.toFixed(decimals));
const limit = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
/** A probability from a sum of effects; the curve is rational, since `exp` differs between machines. */
const share = (effect: number) => 0.5 + effect / (2 * (1 + Math.abs(effect)));

function table(
  name: string,
  columns: readonly string[],
  count: number,
  seed: number,
  row: (chance: Chance, index: number) => Cell[],
): SampleTable {
  const chance = createChance(seed);
  const rows = Array.from({ length: count }, (_, index) => row(chance, index));
  return { name, columns, rows };
}

/** Who took up a term deposit after a call of the bank. Some answers are missing. */
function bankClients(): SampleTable {
  const jobs = [
    ["admin", 25],
    ["blue-collar", 22],
    ["technician", 17],
    ["services", 10],
    ["management", 8],
    ["retired", 5],
    ["student", 3],
    ["self-employed", 4],
  ] as const;
  const months = ["mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
  return table(
    "sample-bank-clients",
    [
      "client_id",
      "age",
      "job",
      "marital",
      "education",
      "housing",
      "loan",
      "contact",
      "month",
      "campaign",
      "previous",
      "outcome_before",
      "balance",
      "interest_rate",
      "deposit",
    ],
    4000,
    20_101,
    (chance, index) => {
      const job = chance.pick(jobs);
      const age = round(
        limit(chance.normal(job === "retired" ? 66 : job === "student" ? 24 : 41, 9), 18, 92),
      );
      const marital = chance.pick([
        ["married", age > 30 ? 65 : 25],
        ["single", age > 30 ? 22 : 70],
        ["divorced", 11],
      ]);
      const education = chance.pick([
        ["basic", job === "blue-collar" ? 60 : 20],
        ["high-school", 30],
        ["university", job === "management" || job === "admin" ? 60 : 20],
        ["", 5],
      ]);
      const month = chance.integer(0, months.length - 1);
      const previous = chance.pick([
        [0, 84],
        [1, 11],
        [2, 4],
        [3, 1],
      ]);
      const before = previous === 0 ? "none" : chance.yes(0.34) ? "success" : "failure";
      const campaign = round(limit(1 + Math.abs(chance.normal(0, 2.2)), 1, 14));
      const rate = round(
        chance.pick([[4.9, 60] as const, [1.2, 30] as const, [3.1, 10] as const]) +
          chance.between(-0.15, 0.15),
        3,
      );
      const contact = chance.yes(0.64) ? "cellular" : "telephone";
      const housing = chance.yes(0.54) ? "yes" : "no";
      const loan = chance.yes(0.16) ? "yes" : "no";
      const balance = round(chance.normal(1350, 900) + (age - 40) * 12);
      const effect =
        -3.4 +
        (before === "success" ? 6 : before === "failure" ? 0.3 : 0) +
        (rate < 2 ? 2.6 : rate < 4 ? 1 : -0.6) +
        (job === "student" || job === "retired" ? 1.4 : job === "blue-collar" ? -0.5 : 0) +
        (contact === "cellular" ? 0.6 : -0.4) -
        0.25 * (campaign - 1) +
        balance / 2500 +
        (loan === "yes" ? -0.4 : 0) +
        chance.normal(0, 0.8);
      return [
        100_000 + index,
        chance.yes(0.03) ? "" : age,
        chance.yes(0.01) ? "" : job,
        marital,
        education,
        chance.yes(0.024) ? "" : housing,
        loan,
        contact,
        months[month] ?? "may",
        campaign,
        previous,
        before,
        chance.yes(0.04) ? "" : balance,
        rate,
        chance.yes(share(effect)) ? "yes" : "no",
      ];
    },
  );
}

/** Kernels of three kinds of grain, as a camera would measure them. */
function grainKernels(): SampleTable {
  const kinds = {
    barley: [14.4, 5.72, 3.1, 2.6],
    rye: [11.9, 5.95, 2.66, 4.4],
    wheat: [17.6, 5.9, 3.62, 2.1],
  } as const;
  const names = ["wheat", "rye", "barley"] as const;
  return table(
    "sample-grain-kernels",
    ["area", "perimeter", "compactness", "length", "width", "asymmetry", "groove", "kind"],
    1200,
    20_102,
    (chance, index) => {
      const kind = names[index % 3] ?? "wheat";
      const [area, length, width, asymmetry] = kinds[kind];
      const scale = chance.normal(1, 0.045);
      const long = length * scale * chance.normal(1, 0.03);
      const wide = width * scale * chance.normal(1, 0.035);
      const size = area * scale * scale * chance.normal(1, 0.03);
      const around = 2.05 * (long + wide) * chance.normal(0.79, 0.012);
      return [
        round(size, 2),
        round(around, 2),
        round((12.566 * size) / (around * around), 4),
        round(long, 3),
        round(wide, 3),
        round(limit(asymmetry + chance.normal(0, 1.2), 0.3, 9), 3),
        round(long * chance.normal(kind === "rye" ? 0.9 : 0.93, 0.025), 3),
        kind,
      ];
    },
  );
}

/** Trips of a city's green cabs with what they cost. */
function cabTrips(): SampleTable {
  const two = (value: number) => String(value).padStart(2, "0");
  return table(
    "sample-cab-trips",
    [
      "pickup_time",
      "vendor",
      "passengers",
      "distance_miles",
      "minutes",
      "rate_code",
      "payment",
      "night_extra",
      "tolls",
      "pickup_zone",
      "total_amount",
    ],
    3000,
    20_103,
    (chance) => {
      const day = chance.integer(1, 31);
      const hour = chance.pick(
        Array.from({ length: 24 }, (_, at) => [at, at < 6 ? 2 : at < 16 ? 4 : 7] as const),
      );
      const flat = chance.yes(0.02);
      const distance = round(limit(0.5 + Math.abs(chance.normal(0, 3.1)) + (flat ? 9 : 0), 0.4, 24), 2);
      const rush = hour >= 16 && hour <= 19 ? 1.35 : hour < 6 ? 0.8 : 1;
      const minutes = round(limit(distance * 4.1 * rush * chance.normal(1, 0.16) + 2, 1, 110), 1);
      const extra = hour >= 20 || hour < 6 ? 0.5 : hour >= 16 ? 1 : 0;
      const tolls = chance.yes(distance > 8 ? 0.3 : 0.01) ? 5.54 : 0;
      const card = chance.yes(0.56);
      const fare = flat ? 52 : 2.5 + distance * 2.05 + minutes * 0.29;
      const tip = card ? fare * limit(chance.normal(0.17, 0.05), 0, 0.4) : 0;
      return [
        `2026-01-${two(day)} ${two(hour)}:${two(chance.integer(0, 59))}:${two(chance.integer(0, 59))}`,
        chance.yes(0.78) ? "V2" : "V1",
        chance.pick([
          [1, 82],
          [2, 10],
          [3, 3],
          [5, 5],
        ]),
        chance.yes(0.01) ? "" : distance,
        minutes,
        flat ? "airport" : "standard",
        card ? "card" : "cash",
        extra,
        tolls,
        chance.pick([
          ["harlem", 30],
          ["astoria", 26],
          ["williamsburg", 22],
          ["fort-greene", 14],
          ["bronx", 8],
        ]),
        round(fare + tip + extra + tolls + 0.8, 2),
      ];
    },
  );
}

/** Customers of a shop in four habits, which the clustering pipeline finds again. */
function shopCustomers(): SampleTable {
  const habits = [
    { share: 34, age: 44, visits: 7.5, basket: 38, days: 6, online: 0.15 },
    { share: 28, age: 29, visits: 3.2, basket: 54, days: 14, online: 0.82 },
    { share: 24, age: 57, visits: 1.6, basket: 92, days: 24, online: 0.2 },
    { share: 14, age: 38, visits: 0.6, basket: 31, days: 95, online: 0.5 },
  ];
  return table(
    "sample-shop-customers",
    ["customer_id", "age", "visits_per_month", "basket_value", "days_since_visit", "online_share"],
    1500,
    20_104,
    (chance, index) => {
      const habit = chance.pick(habits.map((each) => [each, each.share] as const));
      return [
        5000 + index,
        round(limit(chance.normal(habit.age, 7), 18, 88)),
        round(limit(chance.normal(habit.visits, 0.2 + habit.visits * 0.16), 0.1, 14), 1),
        round(limit(chance.normal(habit.basket, habit.basket * 0.15), 4, 240), 2),
        round(limit(chance.normal(habit.days, 1 + habit.days * 0.18), 0, 180)),
        round(limit(chance.normal(habit.online, 0.07), 0, 1), 2),
      ];
    },
  );
}

/** Readings of a pump; a few of them when something was wrong. */
function pumpReadings(): SampleTable {
  return table(
    "sample-pump-readings",
    ["reading", "load_percent", "temperature", "vibration", "pressure", "current", "fault"],
    2500,
    20_105,
    (chance, index) => {
      const fault = index % 50 === 37;
      const load = limit(chance.normal(62, 14), 10, 100);
      const kind = chance.integer(0, 2);
      const off = (of: number) => (fault && kind === of ? 1 : 0);
      return [
        index + 1,
        round(load, 1),
        round(38 + load * 0.31 + chance.normal(0, 1.4) + off(0) * chance.between(16, 26), 2),
        round(
          limit(0.9 + load * 0.012 + chance.normal(0, 0.11) + off(1) * chance.between(1.4, 2.6), 0.2, 9),
          3,
        ),
        round(4.2 + load * 0.021 + chance.normal(0, 0.12) - off(2) * chance.between(1.7, 2.9), 3),
        round(6 + load * 0.145 + chance.normal(0, 0.5) + off(0) * chance.between(3, 6), 2),
        fault ? 1 : 0,
      ];
    },
  );
}

/** All tables; each is made with a seed of its own, so that none changes with another. */
export function makeTables(): SampleTable[] {
  return [bankClients(), grainKernels(), cabTrips(), shopCustomers(), pumpReadings()];
}

/** A table as its file: names in the first line, a line feed after each. */
export function toCsv({ columns, rows }: SampleTable): string {
  return `${[columns, ...rows].map((cells) => cells.join(",")).join("\n")}\n`;
}
