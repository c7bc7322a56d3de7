import { Segmented } from 'antd';

export type Pane = 'document' | 'review';

interface Props {
  shown: Pane;
  onShow: (pane: Pane) => void;
  /** Their names, in the order of the switch. */
  panes: readonly (readonly [Pane, string])[];
}

/** The switch between the panes of a workbench where there is no room for both. */
export function NarrowPanes({ shown, onShow, panes }: Props) {
  return (
    <Segmented
      className="narrow-panes"
      block
      value={shown}
      onChange={onShow}
      options={panes.map(([value, label]) => ({ value, label }))}
    />
  );
}
