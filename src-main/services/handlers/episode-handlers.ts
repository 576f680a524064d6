// Episodes: played in a worker for whoever watches.
import type { Handlers } from '../../contract/api/api.ts';
import type { episodeChannels } from '../../contract/api/episodes.ts';
import { playEpisodes } from '../play-episodes.ts';
import type { HandlerContext } from './handler-context.ts';

export function episodeHandlers({ services, board }: HandlerContext): Handlers<keyof typeof episodeChannels> {
  return { 'episodes.play': (request) => playEpisodes(services, board, request) };
}
