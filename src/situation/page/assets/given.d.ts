// What the scripts are given: the payload as page/contract.py describes it, and the elements of page.html by their ids.
// Made by make docs.
declare namespace Given {
  interface Dispute {
    question: string;
    relation: string;
    cell: string;
    place: string | null;
    answers: Record<string, any>[];
    stands: ((number | null)[])[];
  }

  interface Mismatch {
    claim: string;
    says: string;
    state: string;
    because: string[];
    place: string | null;
    about?: string[];
  }

  interface Unbelieved {
    text: string;
    note: string;
    earliest: number;
    latest: number;
    claims: string[];
    since: number;
  }

  interface Judgement {
    kind: string;
    text: string;
    shows?: string;
    alone?: Record<string, Record<string, any>>;
  }

  interface Assumption {
    what: string;
    value: string;
    reason: string;
  }

  interface Identity {
    digest: string;
    versions: Record<string, string>;
    belief: string;
    background: boolean | null;
    licences: string[];
    made_by: string;
  }

  interface Method {
    checks: any[][];
    failures: string[][];
    scores: Record<string, any>[];
    joined: number[];
    assumed: any[][];
    left_out: string[][];
  }

  interface Actor {
    id: string;
    name: string;
    parent: string | null;
    root: string;
    colour: Record<string, string>;
    shape: string;
    aliases: string[];
    names?: any[][];
    together?: string[];
  }

  interface Place {
    id: string;
    name: string;
    aliases: string[];
    kind: string;
    area: boolean;
    country: string;
    lat: number;
    lon: number;
    bank: string | null;
    within: string | null;
    size: string;
    precision_km: number | null;
    source: string;
    names?: any[][];
  }

  interface Source {
    id: string;
    outlet: string;
    title: string;
    published: Record<string, any>;
    reliability: string;
    reason: string;
    lean: Record<string, string>[];
    background: boolean;
    copy?: string;
  }

  interface Claim {
    id: string;
    source: string;
    paragraph: number | null;
    said_by: string | null;
    origin: string | null;
    reliability: string;
    credibility: number;
    weight: number;
    rank: number;
    stance: string;
    event: string;
    cell: string | null;
    answer: any;
    speaks_to?: string;
    means?: string;
    says: string;
    earliest: number;
    latest: number;
    precision: string;
    words: string | null;
    said: number | null;
    published: number;
    known: number;
    episode: string | null;
    file: string;
    line: number;
    note: string | null;
    background: boolean;
    later?: boolean;
    retracted?: Record<string, any> | null;
  }

  interface Entry {
    id: string;
    time: number;
    earliest: number;
    latest: number;
    lane: string;
    event: string;
    place: string | null;
    actors: string[];
    text: string;
    claims: string[];
    against: string[];
    disputed: boolean;
    mark: string;
    assumed?: string;
    held?: number[][];
    weighed?: any[][];
    credit?: any[][];
    killed?: number[];
    others_say?: string;
    voices?: string[][];
    behind?: string[];
  }

  interface Reading {
    id: string;
    label: string;
    hint: string;
    entries: Entry[];
    history: any[][];
    disputes: Dispute[];
    mismatches: Mismatch[];
    untestable: string[];
    evidence: Record<string, any[][]>;
    revised: any[][];
    may_hold: any[][];
    rule: string;
    view?: string;
    only?: string[];
    unbelieved?: Unbelieved[];
    blurred?: any[][];
  }

  interface Ensemble {
    id: string;
    title: string;
    about: string;
    assumes: string;
    digest: string;
    seed: number;
    runs: number;
    failed: number;
    days: number[];
    shares: Record<string, Record<string, any>>;
    bands: Record<string, Record<string, number[]>>;
    forces: Record<string, Record<string, number>>;
    takings: Record<string, number[]>;
    clashes: Record<string, any>[];
    given: Record<string, any>[];
    fates: Record<string, any>;
    expected: Record<string, any>[];
    questions: Record<string, any>[];
    numbers: Record<string, Record<string, any>>;
    matters: string[];
  }

  interface Stop {
    at: number;
    text: string;
    place: string | null;
    claims: string[];
  }

  interface Clock {
    zone: string;
    calendar: string;
    changes: number[][];
  }

  interface Payload {
    kind: string;
    title: string;
    about: string;
    judgements?: Judgement[];
    window: number[];
    utc_offset_min: number;
    clock?: Clock;
    handling?: Record<string, string | null>;
    actors: Actor[];
    places: Place[];
    regions: Record<string, any>[];
    links: Record<string, any>[];
    geo: Record<string, any>;
    sources: Source[];
    speakers: Record<string, any>[];
    origins: Record<string, any>[];
    claims: Claim[];
    readings: Reading[];
    identity: Identity;
    downloads: Record<string, string>[];
    start?: number;
    branch?: number;
    recorded_to?: number;
    ensembles?: Record<string, Ensemble>;
    comparison?: Record<string, any>;
    courses?: Record<string, Record<string, any>>;
    assumptions?: Assumption[];
    method?: Method;
    tour?: Stop[];
    rules?: Record<string, string>;
    symbols?: Record<string, any>;
  }

  interface Elements {
    "about": HTMLElementTagNameMap["select"];
    "as-seen": HTMLElementTagNameMap["select"];
    "assumptions": HTMLElementTagNameMap["div"];
    "assumptions-box": HTMLElementTagNameMap["details"];
    "clashes": HTMLElementTagNameMap["div"];
    "clashes-heading": HTMLElementTagNameMap["h2"];
    "clashes-hint": HTMLElementTagNameMap["p"];
    "closeups": HTMLElementTagNameMap["div"];
    "copy-link": HTMLElementTagNameMap["button"];
    "coverage": HTMLElementTagNameMap["span"];
    "coverage-chart": HTMLElementTagNameMap["div"];
    "coverage-heading": HTMLElementTagNameMap["h2"];
    "coverage-words": HTMLElementTagNameMap["div"];
    "date-title": HTMLElementTagNameMap["span"];
    "detail": HTMLElementTagNameMap["div"];
    "detail-card": HTMLElementTagNameMap["section"];
    "detail-heading": HTMLElementTagNameMap["h2"];
    "disputes": HTMLElementTagNameMap["div"];
    "disputes-heading": HTMLElementTagNameMap["h2"];
    "events": HTMLElementTagNameMap["div"];
    "events-heading": HTMLElementTagNameMap["h2"];
    "expected": HTMLElementTagNameMap["div"];
    "expected-heading": HTMLElementTagNameMap["h2"];
    "fans": HTMLElementTagNameMap["div"];
    "fans-heading": HTMLElementTagNameMap["h2"];
    "fans-hint": HTMLElementTagNameMap["p"];
    "fates": HTMLElementTagNameMap["div"];
    "fates-heading": HTMLElementTagNameMap["h2"];
    "fates-hint": HTMLElementTagNameMap["p"];
    "fates-of": HTMLElementTagNameMap["select"];
    "found": HTMLElementTagNameMap["ul"];
    "goto": HTMLElementTagNameMap["input"];
    "goto-advice": HTMLElementTagNameMap["span"];
    "hangs": HTMLElementTagNameMap["div"];
    "hangs-heading": HTMLElementTagNameMap["h2"];
    "hangs-question": HTMLElementTagNameMap["select"];
    "help": HTMLElementTagNameMap["button"];
    "help-box": HTMLElementTagNameMap["dialog"];
    "hint": HTMLElementTagNameMap["section"];
    "identity": HTMLElementTagNameMap["div"];
    "judgement-list": HTMLElementTagNameMap["ul"];
    "judgements": HTMLElementTagNameMap["section"];
    "judgements-heading": HTMLElementTagNameMap["h2"];
    "legend": HTMLElementTagNameMap["div"];
    "map": HTMLElementTagNameMap["div"];
    "map-heading": HTMLElementTagNameMap["h2"];
    "method": HTMLElementTagNameMap["div"];
    "next": HTMLElementTagNameMap["button"];
    "notice": HTMLElementTagNameMap["p"];
    "now": HTMLElementTagNameMap["strong"];
    "of-record": HTMLElementTagNameMap["select"];
    "one-story": HTMLElementTagNameMap["select"];
    "order": HTMLElementTagNameMap["select"];
    "outside": HTMLElementTagNameMap["p"];
    "panel-control": HTMLElementTagNameMap["div"];
    "panel-forecast": HTMLElementTagNameMap["div"];
    "panel-method": HTMLElementTagNameMap["div"];
    "panel-sources": HTMLElementTagNameMap["div"];
    "payload": HTMLElementTagNameMap["script"];
    "play": HTMLElementTagNameMap["button"];
    "plotly": HTMLElementTagNameMap["script"];
    "previous": HTMLElementTagNameMap["button"];
    "print": HTMLElementTagNameMap["button"];
    "questions": HTMLElementTagNameMap["div"];
    "questions-heading": HTMLElementTagNameMap["h2"];
    "questions-hint": HTMLElementTagNameMap["p"];
    "questions-key": HTMLElementTagNameMap["ul"];
    "readings": HTMLElementTagNameMap["div"];
    "report-rows": HTMLElementTagNameMap["div"];
    "reports": HTMLElementTagNameMap["div"];
    "reports-heading": HTMLElementTagNameMap["h2"];
    "reports-hint": HTMLElementTagNameMap["p"];
    "rule-words": HTMLElementTagNameMap["p"];
    "rules": HTMLElementTagNameMap["div"];
    "search": HTMLElementTagNameMap["input"];
    "signs": HTMLElementTagNameMap["ul"];
    "sources": HTMLElementTagNameMap["div"];
    "sources-box": HTMLElementTagNameMap["details"];
    "span": HTMLElementTagNameMap["select"];
    "speed": HTMLElementTagNameMap["select"];
    "spoken": HTMLElementTagNameMap["div"];
    "stories-hint": HTMLElementTagNameMap["p"];
    "strengths": HTMLElementTagNameMap["div"];
    "strengths-heading": HTMLElementTagNameMap["h2"];
    "strengths-more": HTMLElementTagNameMap["p"];
    "strips": HTMLElementTagNameMap["div"];
    "strips-heading": HTMLElementTagNameMap["h2"];
    "subtitle": HTMLElementTagNameMap["p"];
    "symbols": HTMLElementTagNameMap["div"];
    "tab-control": HTMLElementTagNameMap["button"];
    "tab-forecast": HTMLElementTagNameMap["button"];
    "tab-method": HTMLElementTagNameMap["button"];
    "tab-sources": HTMLElementTagNameMap["button"];
    "table": HTMLElementTagNameMap["div"];
    "table-box": HTMLElementTagNameMap["details"];
    "tabs": HTMLElementTagNameMap["div"];
    "take-box": HTMLElementTagNameMap["dialog"];
    "theme": HTMLElementTagNameMap["button"];
    "ticks": HTMLElementTagNameMap["div"];
    "time": HTMLElementTagNameMap["input"];
    "tip": HTMLElementTagNameMap["div"];
    "title": HTMLElementTagNameMap["span"];
    "tour": HTMLElementTagNameMap["button"];
    "tour-box": HTMLElementTagNameMap["div"];
    "unchanged": HTMLElementTagNameMap["button"];
    "views": HTMLElementTagNameMap["div"];
    "whose": HTMLElementTagNameMap["select"];
    "zoom-in": HTMLElementTagNameMap["button"];
    "zoom-out": HTMLElementTagNameMap["button"];
  }
}
