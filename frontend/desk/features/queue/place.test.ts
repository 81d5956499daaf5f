import { describe, expect, test } from "vitest";
import { billing, mara, row, statuses } from "../../test/fixtures.ts";
import { belongs, compareIn, type QueueFilter } from "./place.ts";

const waiting: QueueFilter = { departmentId: null, view: "WAITING", mine: false, unassigned: false, category: null };

describe("the fair order of those who wait", () => {
  const inOrder = (...rows: ReturnType<typeof row>[]) =>
    rows.toSorted(compareIn("WAITING")).map(({ number }) => number);

  test("the longest wait comes first", () => {
    expect(inOrder(row(2, 20), row(1, 10), row(3, 30))).toEqual([1, 2, 3]);
  });

  test("urgency comes before waiting", () => {
    expect(inOrder(row(1, 0), row(2, 30, { priority: "URGENT" }), row(3, 10, { priority: "CRITICAL" }))).toEqual([
      3, 2, 1,
    ]);
  });

  test("the portal comes before mail at the same urgency, not before a higher one", () => {
    const mail = row(1, 0, { channel: "EMAIL" });
    expect(inOrder(mail, row(2, 30))).toEqual([2, 1]);
    expect(inOrder(row(2, 30), row(3, 40, { channel: "EMAIL", priority: "HIGH" }))).toEqual([3, 2]);
  });

  test("who was answered and is still open comes after all who wait", () => {
    expect(inOrder(row(1, 0, { waitingSince: null, priority: "CRITICAL" }), row(2, 59, { priority: "LOW" }))).toEqual([
      2, 1,
    ]);
  });

  test("the same moment is settled by the id, as on the server", () => {
    expect(inOrder(row(2, 5), row(1, 5))).toEqual([1, 2]);
  });

  test("moments compare across zones and within a millisecond", () => {
    const early = row(1, 0, { waitingSince: "2026-11-24T11:00:00.000001+01:00" });
    const late = row(2, 0, { waitingSince: "2026-11-24T11:00:00.000002+01:00" });
    expect(inOrder(late, early)).toEqual([1, 2]);
    expect(inOrder(row(3, 1), row(4, 0, { waitingSince: "2026-11-24T11:00:30+01:00" }))).toEqual([4, 3]);
  });
});

test("other views put the latest activity first", () => {
  expect([row(1, 10), row(2, 20)].toSorted(compareIn("SOLVED")).map(({ number }) => number)).toEqual([2, 1]);
});

test("a ticket belongs to a list by department, status and assignee", () => {
  expect(belongs(row(1), waiting, "mara")).toBe(true);
  expect(belongs(row(1), { ...waiting, departmentId: billing.id }, "mara")).toBe(false);
  expect(belongs(row(1, 0, { status: statuses.asked }), waiting, "mara")).toBe(false);
  expect(belongs(row(1, 0, { status: statuses.asked }), { ...waiting, view: "WAITING_FOR_CLIENT" }, "mara")).toBe(true);
  expect(belongs(row(1), { ...waiting, mine: true }, "mara")).toBe(false);
  expect(belongs(row(1, 0, { assignee: mara }), { ...waiting, mine: true }, "mara")).toBe(true);
  expect(belongs(row(1, 0, { assignee: mara }), { ...waiting, unassigned: true }, "mara")).toBe(false);
  expect(belongs(row(1, 0, { status: statuses.solved }), { ...waiting, view: "ALL" }, "mara")).toBe(true);
});

test("a list of one category holds those alone", () => {
  const work = row(1, 0, { category: "WORK_REQUEST" });
  expect(belongs(work, { ...waiting, category: "WORK_REQUEST" }, null)).toBe(true);
  expect(belongs(work, { ...waiting, category: "QUESTION" }, null)).toBe(false);
});
