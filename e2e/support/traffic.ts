/** Calls an endpoint over and over, as its users do while an owner works on it. */
export interface Traffic {
  /** Calls that were answered so far, by deployment. */
  answered: Map<string, number>;
  /** What went wrong, in words; nothing may. */
  failures: string[];
  stop(): Promise<void>;
}

const requestTimeoutMs = 30_000;
const pauseMs = 20;

/** Two callers, each with its next call as soon as the last one was answered. */
export function startTraffic(url: string, key: string, body: string): Traffic {
  const answered = new Map<string, number>();
  const failures: string[] = [];
  let going = true;
  const worker = async () => {
    while (going) {
      try {
        const answer = await fetch(url, {
          method: "POST",
          headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
          body,
          signal: AbortSignal.timeout(requestTimeoutMs),
        });
        const text = await answer.text();
        const by = answer.headers.get("azureml-model-deployment") ?? "unknown";
        if (answer.ok) answered.set(by, (answered.get(by) ?? 0) + 1);
        else failures.push(`${answer.status} ${text}`);
      } catch (error) {
        failures.push(String(error));
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  const workers = [worker(), worker()];
  return {
    answered,
    failures,
    async stop() {
      going = false;
      await Promise.all(workers);
    },
  };
}
