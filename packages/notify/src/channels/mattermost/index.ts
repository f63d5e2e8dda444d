import { secretUrlKind } from '../../http/chat-kind.ts';
import { renderMattermost } from './render.ts';

export const mattermost = secretUrlKind({ type: 'mattermost', render: renderMattermost });
