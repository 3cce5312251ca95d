import type { Grid, Size } from "./make-pipeline.ts";

export interface View {
  x: number;
  y: number;
  zoom: number;
}

/**
 * The limit of the machine: a page with nothing but boxes of the same size at the same places, moved by the same inputs
 * with as little script as can be.
 */
export function makePlainPage(grid: Grid, room: Size, view: View, chosen: readonly number[]): string {
  const isChosen = new Set(chosen);
  const boxes = Array.from({ length: grid.count }, (_, index) => {
    const { x, y } = grid.place(index);
    return `<div class="box${isChosen.has(index) ? " chosen" : ""}" style="transform:translate(${x}px,${y}px)"></div>`;
  }).join("");
  return `<!doctype html><style>
body{margin:0;background:#f4f6f6;overflow:hidden}
#room{position:absolute;left:0;top:0;width:${room.width}px;height:${room.height}px;overflow:hidden}
#world{position:absolute;left:0;top:0;transform-origin:0 0}
.box{position:absolute;box-sizing:border-box;width:246px;height:56px;background:#fff;border:1px solid #cbd1d1;border-radius:8px}
.chosen{border-color:#07736a}
</style><div id="room"><div id="world">${boxes}</div></div><script>{
const world = document.getElementById("world"), boxes = [...document.querySelectorAll(".box")];
const view = ${JSON.stringify(view)};
const at = boxes.map((box) => box.style.transform.match(/-?[\\d.]+/g).map(Number));
let held = null, last = null;
const chosen = [...document.querySelectorAll(".chosen")];
const show = () => { world.style.transform = "translate(" + view.x + "px," + view.y + "px) scale(" + view.zoom + ")"; };
show();
addEventListener("pointerdown", (event) => { held = event.target.closest(".box") ?? world; last = event; });
addEventListener("pointerup", () => { held = null; });
addEventListener("pointermove", (event) => {
  if (!held) return;
  const dx = event.clientX - last.clientX, dy = event.clientY - last.clientY;
  last = event;
  if (held === world) { view.x += dx; view.y += dy; show(); return; }
  for (const box of chosen.includes(held) ? chosen : [held]) {
    const place = at[boxes.indexOf(box)];
    place[0] += dx / view.zoom; place[1] += dy / view.zoom;
    box.style.transform = "translate(" + place[0] + "px," + place[1] + "px)";
  }
});
addEventListener("wheel", (event) => {
  const next = Math.min(2, Math.max(0.05, view.zoom * 2 ** (-event.deltaY * 0.002)));
  view.x = event.clientX - (event.clientX - view.x) * next / view.zoom;
  view.y = event.clientY - (event.clientY - view.y) * next / view.zoom;
  view.zoom = next; show();
});
}</script>`;
}
