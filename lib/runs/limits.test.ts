import { expect, it } from "vitest";
import { defaultRunLimits } from "#lib/computes/model.ts";
import { limitsOf } from "./limits.ts";

const target = { cpus: 4, memoryMib: 2048 };
const resources = (more: object) => ({ resources: { instance_count: 1, ...more } });

it("takes the job's word before the target's, and the target's before the studio's", () => {
  expect(limitsOf({}, null)).toMatchObject(defaultRunLimits);
  expect(limitsOf({}, target)).toMatchObject(target);
  const asked = limitsOf(resources({ properties: { memory: "12g", cpus: 1.5 } }), target);
  expect(asked).toMatchObject({ cpus: 1.5, memoryMib: 12_288 });
});

it("reads sizes out of docker_args and leaves every other flag out", () => {
  const limits = limitsOf(
    resources({ docker_args: "--privileged -m 512m --cpus=3 -v /:/host --shm-size 1g" }),
    null,
  );
  expect(limits).toEqual({ cpus: 3, memoryMib: 512, shmMib: 1024, timeoutMs: null });
});

it("passes over what is no size, and turns the time limit into milliseconds", () => {
  const spec = { ...resources({ properties: { memory: "a lot", cpus: "many" } }), limits: { timeout: 90 } };
  expect(limitsOf(spec, target)).toMatchObject({ ...target, timeoutMs: 90_000 });
});
