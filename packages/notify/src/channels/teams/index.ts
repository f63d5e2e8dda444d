import { secretUrlKind } from '../../http/chat-kind.ts';
import { renderTeams } from './render.ts';

/** Microsoft Teams through a Workflows webhook (connectors of the older kind are retired). Answers 202. */
export const teams = secretUrlKind({ type: 'teams', render: renderTeams });
