"use client";

import {
  Background,
  BackgroundVariant,
  ConnectionMode,
  type EdgeTypes,
  type NodeTypes,
  type OnConnectEnd,
  type OnConnectStart,
  ReactFlow,
  SelectionMode,
  useReactFlow,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import "./designer.css";
import { type DragEvent, type MouseEvent, type ReactNode, useCallback, useRef, useState } from "react";
import { createJudge } from "../model/connect.ts";
import { snap } from "../model/geometry.ts";
import { readDragged } from "../palette/dragged.ts";
import { addComponent, addData, connectPorts } from "../session/acts.ts";
import { useDesigner } from "../session/designer.ts";
import { usePresence } from "../session/presence.ts";
import { patch, useStore } from "../session/store.ts";
import { usePanels } from "../session/use-panels.ts";
import { BindingEdge } from "./binding-edge.tsx";
import { CommentNode } from "./comment-node.tsx";
import { ConnectionLine } from "./connection-line.tsx";
import { Cursors } from "./cursors.tsx";
import { DataNode } from "./data-node.tsx";
import { GhostNode } from "./ghost-node.tsx";
import { GroupNode } from "./group-node.tsx";
import { parseHandle } from "./handle-id.ts";
import { LittleMap } from "./little-map.tsx";
import { StepNode } from "./step-node.tsx";
import { useCanvasKeys } from "./use-canvas-keys.ts";
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
const fit = { padding: 0.15, maxZoom: 1 };
/** Above this many only what is in view is drawn. */
const wholeCount = 300;
/** Above this many the little map costs more than it tells. */
const mapCount = 1_000;

/** The canvas: nodes, lines, and everything that is done to them with a pointer. */
export function Canvas({ children }: { children?: ReactNode }) {
  const designer = useDesigner();
  const { mayEdit, connecting, model, selection } = designer;
  const panels = usePanels();
  const presence = usePresence();
  const flow = useReactFlow();
  // An empty canvas stays where it is when its first step comes.
  const [startsFull] = useState(() => model.get().nodes.length > 0);
  const box = useRef<HTMLDivElement>(null);
  const count = useStore(model, ({ nodes }) => nodes.length);
  const { nodes, edges, onNodesChange, onEdgesChange } = useCanvasNodes(presence.drag);
  const onKeyDown = useCanvasKeys();

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
      if (!target?.classList.contains("react-flow__pane")) return;
      const point = "changedTouches" in event ? event.changedTouches[0] : event;
      if (!point) return;
      const screen = { x: point.clientX, y: point.clientY };
      patch(panels, { quickAdd: { screen, at: flow.screenToFlowPosition(screen), from } });
    },
    [connecting, mayEdit, flow, panels],
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
      className="designer-canvas relative min-h-0 min-w-0 flex-1 bg-bg outline-none"
      onKeyDownCapture={onKeyDown}
      onDoubleClick={openQuickAdd}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
      onPointerMove={(event) =>
        presence.point(
          flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false }),
        )
      }
      onPointerLeave={() => presence.point(null)}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
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
        onPaneClick={() => selection.set(new Set())}
        isValidConnection={judge}
        connectionMode={ConnectionMode.Strict}
        connectionLineComponent={ConnectionLine}
        connectionRadius={28}
        nodesDraggable={mayEdit}
        nodesConnectable={mayEdit}
        snapToGrid
        snapGrid={grid}
        minZoom={0.1}
        maxZoom={2}
        fitView={startsFull}
        defaultViewport={emptyView}
        fitViewOptions={fit}
        zoomOnDoubleClick={false}
        selectionMode={SelectionMode.Partial}
        multiSelectionKeyCode={["Shift", "Meta", "Control"]}
        deleteKeyCode={null}
        onlyRenderVisibleElements={count > wholeCount}
        elevateNodesOnSelect={false}
        disableKeyboardA11y={!mayEdit}
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={16} size={1.5} />
        <Cursors />
        {count > mapCount ? null : <LittleMap />}
        {children}
      </ReactFlow>
    </div>
  );
}
