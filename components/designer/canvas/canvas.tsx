"use client";

import {
  ConnectionMode,
  type EdgeTypes,
  type Node,
  type NodeTypes,
  type OnConnectEnd,
  type OnConnectStart,
  ReactFlow,
  SelectionMode,
  useReactFlow,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import "./designer.css";
import {
  type DragEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import { createJudge } from "../model/connect.ts";
import { snap } from "../model/geometry.ts";
import { readDragged } from "../palette/dragged.ts";
import { addComponent, addData, connectPorts, select } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { usePresence } from "../session/presence.ts";
import { patch, useStore } from "../session/store.ts";
import { usePanels } from "../session/use-panels.ts";
import { BindingEdge } from "./binding-edge.tsx";
import { CommentNode } from "./comment-node.tsx";
import { ConnectionLine } from "./connection-line.tsx";
import { Cursors } from "./cursors.tsx";
import { DataNode } from "./data-node.tsx";
import { dropOnStep } from "./drop-on-step.ts";
import { fitWhole } from "./fit.ts";
import { GhostNode } from "./ghost-node.tsx";
import { Ground } from "./ground.tsx";
import { GroupNode } from "./group-node.tsx";
import { parseHandle } from "./handle-id.ts";
import { LittleMap } from "./little-map.tsx";
import { FarName } from "./painted/far-name.tsx";
import { findAt } from "./painted/in-view.ts";
import { PaintedLayer } from "./painted/painted-layer.tsx";
import { useBoxSelection } from "./painted/use-box-selection.ts";
import { useDrawn } from "./painted/use-drawn.ts";
import { StepNode } from "./step-node.tsx";
import { reachEvent, useCanvasKeys } from "./use-canvas-keys.ts";
import { useCanvasNodes } from "./use-canvas-nodes.ts";

const nodeTypes: NodeTypes = {
  step: StepNode,
  data: DataNode,
  comment: CommentNode,
  "group-box": GroupNode,
  ghost: GhostNode,
};
const edgeTypes: EdgeTypes = { binding: BindingEdge };
const grid: [number, number] = [snap, snap];
const emptyView = { x: 0, y: 0, zoom: 1 };
const smallestZoom = 0.05;
/** Above this many the little map costs more than it tells. */
const mapCount = 1_000;

/** The canvas: nodes, lines, and everything that is done to them with a pointer. */
export function Canvas({ children }: { children?: ReactNode }) {
  const designer = useDesigner();
  const { mayEdit, connecting, model } = designer;
  const panels = usePanels();
  const presence = usePresence();
  const flow = useReactFlow();
  // An empty canvas stays where it is when its first step comes.
  const [startsFull] = useState(() => model.get().nodes.length > 0);
  const box = useRef<HTMLDivElement>(null);
  const count = useStore(model, ({ nodes }) => nodes.length);
  const nodesNow = useRef<readonly Node[]>([]);
  const drawn = useDrawn(nodesNow, count);
  const near = useStore(drawn.near, (now) => now);
  const isLarge = near !== null;
  const { nodes, edges, onNodesChange, onEdgesChange } = useCanvasNodes(presence.drag, near);
  nodesNow.current = nodes;
  useBoxSelection(nodesNow, isLarge);
  useEffect(() => {
    const element = box.current;
    const reach = (event: Event) => {
      if (event instanceof CustomEvent && typeof event.detail === "string") drawn.reach(event.detail);
    };
    element?.addEventListener(reachEvent, reach);
    return () => element?.removeEventListener(reachEvent, reach);
  }, [drawn]);
  const onKeyDown = useCanvasKeys();
  // React Flow takes Enter with Ctrl held for a click with Ctrl, which would unselect the step that is to be run.
  const runs = useRef(false);

  const onConnectStart = useCallback<OnConnectStart>(
    (_, { nodeId, handleId }) => {
      if (!nodeId || !handleId) return;
      const from = parseHandle(nodeId, handleId);
      connecting.set({ from, judge: createJudge(model.get(), from) });
    },
    [connecting, model],
  );
  const onConnectEnd = useCallback<OnConnectEnd>(
    (event, state) => {
      const from = connecting.get()?.from;
      connecting.set(null);
      if (!from || state.toHandle || !mayEdit) return;
      const target = event.target instanceof Element ? event.target : null;
      const onto = target?.closest<HTMLElement>(".react-flow__node")?.dataset.id;
      if (onto !== undefined) return dropOnStep(designer, panels, from, onto);
      if (!target?.classList.contains("react-flow__pane")) return;
      const point = "changedTouches" in event ? event.changedTouches[0] : event;
      if (!point) return;
      const screen = { x: point.clientX, y: point.clientY };
      patch(panels, { quickAdd: { screen, at: flow.screenToFlowPosition(screen), from } });
    },
    [connecting, designer, mayEdit, flow, panels],
  );
  const judge = useCallback(
    (line: {
      source: string;
      target: string;
      sourceHandle?: string | null;
      targetHandle?: string | null;
    }) => {
      const now = connecting.get();
      if (!now || !line.sourceHandle || !line.targetHandle) return false;
      const ends = [parseHandle(line.source, line.sourceHandle), parseHandle(line.target, line.targetHandle)];
      const end = ends.find(({ side }) => side !== now.from.side);
      return end !== undefined && now.judge(end).ok;
    },
    [connecting],
  );
  const pointOf = (event: { clientX: number; clientY: number }) =>
    flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
  const openQuickAdd = (event: MouseEvent) => {
    if (
      !mayEdit ||
      !(event.target instanceof Element) ||
      !event.target.classList.contains("react-flow__pane")
    )
      return;
    const screen = { x: event.clientX, y: event.clientY };
    patch(panels, { quickAdd: { screen, at: flow.screenToFlowPosition(screen), from: null } });
  };
  const drop = (event: DragEvent) => {
    const dragged = readDragged(event.dataTransfer, designer.lookup.get());
    if (!dragged || !mayEdit) return;
    event.preventDefault();
    const at = flow.screenToFlowPosition(
      { x: event.clientX - 123, y: event.clientY - 28 },
      { snapToGrid: false },
    );
    if (dragged.kind === "component") addComponent(designer, dragged.definition, at);
    else addData(designer, dragged, at);
    box.current?.focus({ preventScroll: true });
  };
  return (
    <div
      ref={box}
      role="application"
      aria-label="Canvas. Tab goes from step to step, Enter opens, C connects, Space shows the data, the outline lists all steps."
      tabIndex={-1}
      data-far={near?.far === true ? "true" : undefined}
      className="designer-canvas relative min-h-0 min-w-0 flex-1 bg-bg outline-none"
      onKeyDownCapture={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          runs.current = true;
          setTimeout(() => {
            runs.current = false;
          });
        }
        onKeyDown(event);
      }}
      onDoubleClick={openQuickAdd}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
      onFocus={({ target }) => {
        const id = target.classList.contains("react-flow__node") ? target.dataset.id : undefined;
        if (id) drawn.reach(id);
      }}
      onPointerMove={(event) => {
        const at = pointOf(event);
        presence.point(at);
        if (event.buttons === 0 || connecting.get()) drawn.point(at);
      }}
      onPointerLeave={() => presence.point(null)}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={(changes) =>
          onNodesChange(runs.current ? changes.filter(({ type }) => type !== "select") : changes)
        }
        onEdgesChange={onEdgesChange}
        onConnectStart={onConnectStart}
        onConnectEnd={onConnectEnd}
        onConnect={(line) => {
          if (!line.sourceHandle || !line.targetHandle) return;
          connectPorts(
            designer,
            parseHandle(line.source, line.sourceHandle),
            parseHandle(line.target, line.targetHandle),
          );
        }}
        onMoveStart={() => {
          drawn.onMoveStart();
          box.current?.setAttribute("data-moving", "true");
        }}
        onMove={drawn.onMove}
        onMoveEnd={() => {
          drawn.onMoveEnd();
          box.current?.removeAttribute("data-moving");
        }}
        onPaneClick={(event) => {
          // A finger points at nothing before it touches: what it touched may only be painted.
          const touched = isLarge ? findAt(nodes, pointOf(event)) : undefined;
          select(designer, touched ? [touched.id] : []);
        }}
        isValidConnection={judge}
        connectionMode={ConnectionMode.Strict}
        connectionLineComponent={ConnectionLine}
        connectionRadius={28}
        nodesDraggable={mayEdit}
        nodesConnectable={mayEdit}
        snapToGrid
        snapGrid={grid}
        minZoom={smallestZoom}
        maxZoom={2}
        fitView={startsFull}
        defaultViewport={emptyView}
        fitViewOptions={fitWhole}
        zoomOnDoubleClick={false}
        selectionMode={SelectionMode.Partial}
        multiSelectionKeyCode={["Shift", "Meta", "Control"]}
        deleteKeyCode={null}
        onlyRenderVisibleElements={isLarge}
        elevateNodesOnSelect={false}
        disableKeyboardA11y={!mayEdit}
        proOptions={{ hideAttribution: true }}
      >
        <Ground />
        {near === null ? null : <PaintedLayer nodes={nodes} near={near} />}
        {near?.far && near.named ? <FarName node={nodes.find(({ id }) => id === near.named)} /> : null}
        <Cursors />
        {count > mapCount ? null : <LittleMap nodes={nodes} />}
        {children}
      </ReactFlow>
    </div>
  );
}
