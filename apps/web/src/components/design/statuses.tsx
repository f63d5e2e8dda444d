import { STATUS_LABEL, STATUS_MEANING, STATUS_ORDER, StatusLabel, StatusMark, StatusPill } from '@rollcall/ui';
import { Part } from './part.tsx';

export function Statuses() {
  return (
    <Part title="The eight statuses: shape, word and colour">
      <ul className="flex flex-col divide-y rounded-card border bg-surface">
        {STATUS_ORDER.map((status) => (
          <li key={status} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2 text-xs">
            <StatusMark status={status} size={22} />
            <span className="w-36">
              <StatusLabel status={status} />
            </span>
            <span className="w-36">
              <StatusPill status={status} />
            </span>
            <span className="flex-1 basis-56 text-muted">
              <span className="sr-only">{STATUS_LABEL[status]}: </span>
              {STATUS_MEANING[status]}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}
