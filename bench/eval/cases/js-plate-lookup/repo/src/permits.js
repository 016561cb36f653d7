export const permits = new Map([
  ["BE104711", { zone: "3", until: "2026-12-31" }],
  ["ZH88001", { zone: "1", until: "2027-03-31" }],
]);
