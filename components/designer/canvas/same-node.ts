interface Drawn<Data> {
  id: string;
  selected: boolean;
  data: Data;
}

/** Whether a node looks as before: where it stands is the business of what is around it, so a move draws nothing anew. */
export function makeSameNode<Data extends object>(part: keyof Data) {
  return (a: Drawn<Data>, b: Drawn<Data>): boolean =>
    a.id === b.id && a.selected === b.selected && Object.is(a.data[part], b.data[part]);
}
