import { expect, it } from "vitest";
import { findInterfaceAddress, listenAddresses } from "./listen.ts";

const routes = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	010200C0	0003	0	0	0	00000000	0	0	0
docker0	000011AC	00000000	0001	0	0	0	0000FFFF	0	0	0
eth0	000200C0	00000000	0001	0	0	0	00FFFFFF	0	0	0
`;
const table = `Local:
  +-- 0.0.0.0/0 3 0 5
     |-- 172.17.0.0
        /16 link UNICAST
     |-- 172.17.0.1
        /32 host LOCAL
     |-- 172.17.255.255
        /32 link BROADCAST
     |-- 192.0.2.2
        /32 host LOCAL
`;

it("finds an idle bridge's address in the kernel's tables", () => {
  expect(findInterfaceAddress("docker0", routes, table)).toBe("172.17.0.1");
  expect(findInterfaceAddress("br-none", routes, table)).toBeUndefined();
  expect(findInterfaceAddress("docker0", "", "")).toBeUndefined();
});

it("leaves a setting that covers every address alone", () => {
  expect(listenAddresses("0.0.0.0")).toEqual(["0.0.0.0"]);
  expect(listenAddresses("127.0.0.1, 127.0.0.2").slice(0, 2)).toEqual(["127.0.0.1", "127.0.0.2"]);
});
