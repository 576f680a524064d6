// Where the person is: kept in the address, so that a reload, back and forward lead there again.

export const modelTabs = ['network', 'importance', 'sensitivity', 'play', 'provenance'] as const;
export type ModelTab = (typeof modelTabs)[number];

export type Place =
  | { readonly view: 'projects' }
  | { readonly view: 'project'; readonly projectId: string }
  | {
      readonly view: 'model';
      readonly modelId: string;
      readonly tab: ModelTab;
      /** The model that it is laid over; none when absent. */
      readonly besideId?: string;
      /** The layer that is looked at; the first when absent. */
      readonly layer?: string;
    }
  | { readonly view: 'prune'; readonly modelId: string }
  | { readonly view: 'train'; readonly environment: string | null }
  | { readonly view: 'run'; readonly runId: string }
  /** All seeds of the recipe that a run is of. */
  | { readonly view: 'seeds'; readonly runId: string }
  | { readonly view: 'compare'; readonly modelIds: readonly string[] }
  | { readonly view: 'export'; readonly modelId: string }
  | { readonly view: 'jobs' }
  | { readonly view: 'settings' };

const HOME: Place = { view: 'projects' };

/** Stands for a part of an address that is left out before another. */
const NONE = '-';

const hasMore = ({ besideId, layer }: Extract<Place, { view: 'model' }>): boolean =>
  besideId !== undefined || layer !== undefined;

/** "#/model/0190…/network", "#/model/0190…/network/0191…/q" */
export function addressOf(place: Place): string {
  const parts = ((): readonly string[] => {
    switch (place.view) {
      case 'project':
        return [place.projectId];
      case 'model':
        return [place.modelId, place.tab, ...(hasMore(place) ? [place.besideId ?? NONE, place.layer ?? NONE] : [])];
      case 'prune':
      case 'export':
        return [place.modelId];
      case 'train':
        return place.environment === null ? [] : [place.environment];
      case 'run':
      case 'seeds':
        return [place.runId];
      case 'compare':
        return [place.modelIds.join(',')];
      default:
        return [];
    }
  })();
  return `#/${[place.view, ...parts].map(encodeURIComponent).join('/')}`;
}

function modelPlace(modelId: string, tab: string, [besideId = NONE, layer = NONE]: readonly string[]): Place {
  return {
    view: 'model',
    modelId,
    tab: modelTabs.find((known) => known === tab) ?? 'network',
    ...(besideId !== NONE && { besideId }),
    ...(layer !== NONE && { layer }),
  };
}

/** An address that leads nowhere leads home. */
export function placeAt(address: string): Place {
  const [view, first = '', second = '', ...more] = address.replace(/^#\//, '').split('/').map(decodeURIComponent);
  switch (view) {
    case 'project':
      return first === '' ? HOME : { view, projectId: first };
    case 'model':
      return first === '' ? HOME : modelPlace(first, second, more);
    case 'prune':
    case 'export':
      return first === '' ? HOME : { view, modelId: first };
    case 'train':
      return { view, environment: first === '' ? null : first };
    case 'run':
    case 'seeds':
      return first === '' ? HOME : { view, runId: first };
    case 'compare':
      return { view, modelIds: first.split(',').filter((id) => id !== '') };
    case 'jobs':
    case 'settings':
      return { view };
    default:
      return HOME;
  }
}

class Whereabouts {
  #place = $state.raw<Place>(placeAt(location.hash));

  constructor() {
    addEventListener('hashchange', () => {
      // A key is no place: the bridge takes it, and puts the address back.
      if (location.hash.startsWith('#token=')) return;
      this.#place = placeAt(location.hash);
    });
  }

  get place(): Place {
    return this.#place;
  }

  go(place: Place): void {
    location.hash = addressOf(place);
    this.#place = place;
  }

  /** As `go`, without a step that "back" returns to. */
  replace(place: Place): void {
    history.replaceState(null, '', addressOf(place));
    this.#place = place;
  }
}

export const whereabouts = new Whereabouts();
