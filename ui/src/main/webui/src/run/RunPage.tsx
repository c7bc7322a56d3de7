import { Suspense } from 'react';
import { useParams } from 'react-router';
import { useRun, useTasks } from '../api/queries';
import type { Run } from '../api/types';
import { GenericRun } from '../generic/GenericRun';
import { Loading } from '../shell/Loading';
import { ProblemPanel } from '../shell/ProblemPanel';
import { RunHeader } from './RunHeader';
import { Unanswered } from './Unanswered';
import { WORKBENCHES } from './workbenches';

export default function RunPage() {
  const { id = '' } = useParams();
  const run = useRun(id);
  if (run.isPending) return <Loading />;
  if (run.isLoadingError) {
    return (
      <main id="content" className="centred">
        <ProblemPanel error={run.error} onRetry={() => void run.refetch()} />
      </main>
    );
  }
  return <Opened key={id} run={run.data} />;
}

function Opened({ run }: { run: Run }) {
  const tasks = useTasks();
  const task = tasks.data?.find((one) => one.id === run.task);
  const Workbench = WORKBENCHES[run.task];
  if (run.status === 'ANSWERED' && Workbench) {
    return (
      <Suspense fallback={<Loading />}>
        <Workbench run={run} />
      </Suspense>
    );
  }
  if (run.status === 'ANSWERED') return <GenericRun run={run} panels={task?.panels ?? []} />;
  return (
    <main id="content" className="run-page">
      <RunHeader run={run} />
      <Unanswered run={run} />
    </main>
  );
}
