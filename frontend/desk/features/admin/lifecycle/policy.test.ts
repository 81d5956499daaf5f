import { expect, test } from "vitest";
import { layOut, pathOf } from "./diagram.ts";
import { addStatus, byHand, readDefinition, removeStatus, setByHand, writeDefinition } from "./policy.ts";

const status = (key: string, meaning: string) => ({ key, meaning, names: { en: key }, client_names: { en: key } });
const OLD = JSON.stringify({
  statuses: [status("open", "open"), status("asked", "waiting_for_client"), status("closed", "closed")],
  initial: "open",
  replies: ["open", "asked"],
  client_message: { open: "open", asked: "open", closed: "follow_up" },
  timers: { asked: [{ after_hours: 24, action: "set_status", status: "closed" }] },
});

test("a definition from before there were transitions is written out as it was meant", () => {
  const policy = readDefinition(OLD);
  expect(byHand(policy, "open", "closed")).toEqual(["agent"]);
  expect(byHand(policy, "closed", "open")).toEqual([]);
  expect(readDefinition(writeDefinition(policy))).toEqual(policy);
});

test("a status that is added can be come to and left, and one that is removed is named nowhere any more", () => {
  const before = readDefinition(OLD);
  const { policy, key } = addStatus(before, { en: "Waiting for parts" });
  expect(policy.statuses.map((each) => each.key)).toEqual(["open", "asked", key, "closed"]);
  expect(byHand(policy, "open", key)).toEqual(["agent"]);
  expect(policy.client_message[key]).toBe("open");
  expect(removeStatus(policy, key)).toEqual(before);
  expect(writeDefinition(removeStatus(before, "closed"))).not.toContain("closed");
  expect(removeStatus(before, "open").initial).toBe("asked");
});

test("who may set a status is changed in its place, and nobody is nobody", () => {
  const before = readDefinition(OLD);
  const lead = setByHand(before, "asked", "closed", "lead", true);
  expect(byHand(lead, "asked", "closed")).toEqual(["lead", "client"]);
  expect(lead.transitions).toHaveLength(before.transitions.length);
  expect(byHand(setByHand(lead, "asked", "closed", "", false), "asked", "closed")).toEqual([]);
});

test.each(["narrow", "medium", "wide"] as const)(
  "no two statuses of a %s diagram overlap, and all stand inside",
  (room) => {
    const { policy } = addStatus(readDefinition(OLD), { en: "Another" });
    const diagram = layOut(policy.statuses, room);
    const places = [...diagram.places.values()];
    for (const one of places) {
      expect(one.x + diagram.node.width).toBeLessThanOrEqual(diagram.width);
      expect(one.y + diagram.node.height).toBeLessThanOrEqual(diagram.height);
      for (const other of places.filter((each) => each !== one)) {
        const apart =
          Math.abs(one.x - other.x) >= diagram.node.width || Math.abs(one.y - other.y) >= diagram.node.height;
        expect(apart).toBe(true);
      }
    }
    expect(pathOf(diagram, { source: "open", to: "closed" })).toMatch(/^M[\d.-]+ /);
    expect(pathOf(diagram, { source: "open", to: "nowhere" })).toBeUndefined();
  },
);
