// The plane of both clocks: a press sets both, the cross follows them.

import { DAY } from "./dates.js";

const NEAR = 7;

export function plane(figure, clocks) {
  const svg = figure.querySelector("svg");
  const told = Object.fromEntries(Object.entries(figure.dataset).map(([name, value]) => [name, Number(value)]));
  const length = told.last - told.first;
  const within = (value, low, high) => Math.min(Math.max(value, low), high);
  const across = (instant) => within(told.left + ((instant - told.first) / length) * (told.right - told.left), told.left, told.right);
  const upward = (instant) => within(told.bottom - ((instant - told.first) / length) * (told.bottom - told.top), told.top, told.bottom);
  const parts = ["at", "known", "point"].map((name) => svg.querySelector(`[data-cross-${name}]`));

  const point = (event) => {
    const box = svg.getBoundingClientRect();
    const x = within(((event.clientX - box.left) / box.width) * 300, told.left, told.right);
    const y = within(((event.clientY - box.top) / box.height) * 300, told.top, told.bottom);
    const at = told.first + ((x - told.left) / (told.right - told.left)) * length;
    const known = told.first + ((told.bottom - y) / (told.bottom - told.top)) * length;
    const isOnDiagonal = Math.abs(across(known) - x) < NEAR;
    clocks.both(at, isOnDiagonal ? Math.min(at, clocks.now) : known);
  };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    point(event);
    svg.addEventListener("pointermove", point);
    const released = () => svg.removeEventListener("pointermove", point);
    svg.addEventListener("pointerup", released, { once: true });
    svg.addEventListener("pointercancel", released, { once: true });
  });
  figure.querySelector("[data-plane-hint]").hidden = false;

  return () => {
    const x = across(clocks.at + DAY / 2).toFixed(1);
    const y = upward(clocks.known + DAY / 2).toFixed(1);
    parts[0].setAttribute("transform", `translate(${x} 0)`);
    parts[1].setAttribute("transform", `translate(0 ${y})`);
    parts[2].setAttribute("transform", `translate(${x} ${y})`);
  };
}
