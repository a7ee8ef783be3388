// What the scripts make of what they are given, and hand to each other. Times are minutes since 1970-01-01T00:00Z.
declare namespace Made {
  /** What can stand in an element: nodes, words and numbers, and lists of them; null, undefined and false are left out. */
  type Child = Node | string | number | boolean | null | undefined | readonly Child[];
  type Properties = Record<string, any>;
  /** The elements of page.html with an id, and those made here that are looked for again. */
  interface Elements extends Given.Elements {
    "strip-list": HTMLElement;
  }

  interface Entry extends Given.Entry {
    /** From when it can be read; before all time where it need not be. */
    known: number;
    rule?: string;
    odds?: number | null;
    /** What the rule gave, with its unit. */
    gave?: string;
    draw?: number | null;
    address?: string;
    chance?: string;
    parents?: string[];
  }

  /** Events of one place and one day, in order. */
  interface Gathered {
    place: string | null;
    time: number;
    events: Entry[];
  }

  /** A value of a cell, and the minutes from which and up to which it holds. */
  interface Row {
    cell: string;
    value: any;
    since: number;
    until: number | null;
    entry?: Entry;
    earliest: number | null;
    latest: number | null;
  }

  /** Minutes at which it is not known whether a change has come, and the interval into which it falls. */
  interface Blur extends Interval {
    row?: Row;
    from: number;
    until: number;
  }

  interface Interval {
    earliest: number;
    latest: number;
  }

  interface Dispute extends Given.Dispute {
    number: number;
    /** The place that it is about. */
    seat: string | null;
    from?: number | null;
  }

  interface Mismatch extends Given.Mismatch {
    number: number;
    from?: number | null;
  }

  /** One story: its number, of how many, whose it is, and what it answers. */
  interface Story {
    run: number;
    of: number;
    side: string | null;
    why: string;
    question: string | null;
    parts: any;
    turning: any[];
    answers: Record<string, any>;
  }

  /** A reading with its look-up tables. */
  interface Reading extends Omit<Given.Reading, "entries" | "disputes" | "mismatches" | "blurred" | "only"> {
    entries: Entry[];
    disputes: Dispute[];
    mismatches: Mismatch[];
    blurred: Map<string, Blur[]>;
    /** By place, the rows of `may_hold`. */
    mayHold: Map<string, any[][]>;
    only: Set<string> | null;
    cells: Map<string, Row[]>;
    byEntry: Map<string, Entry>;
    ofClaim: Map<string, Entry[]>;
    ofDispute: Map<string, Dispute[]>;
    versions: Map<string, Entry[]>;
    asOf: Map<number, Entry[]>;
    moments: number[];
    order: Entry[];
    /** Ids of the entries after which a place stands otherwise than before. */
    changed: Set<string>;
    onTheDay: boolean;
    stories?: string;
    story?: Story;
  }

  /** The share of stories, 0 to 1, with a holder of a place; in a difference what it gains, -1 to 1. */
  interface Share {
    holder: string | null;
    share: number;
    error?: number[] | null;
    luck?: boolean;
  }

  /** How a holder's share of the stories differs at a place; whether that may be luck. */
  interface Gap {
    base: number;
    now: number;
    gap: number;
    luck: boolean;
  }

  /** Who stands in a place, as its mark shows it. */
  interface Standing {
    holder: string | null;
    status: string;
    parts?: { actor: string; part: string }[] | null;
    besieger?: string | null;
    /** Of whom one holds it, since its holder broke up and no claim says who. */
    successors?: string[];
    /** Those who came into a place that is fought over. */
    comers?: string[];
    declared?: string | null;
    unsure?: Interval | null;
    assumed?: boolean;
    shares?: Share[];
  }

  /** The same with what it rests on, and since when. */
  interface Control extends Standing {
    /** Who may have held it, where that is uncertain; null among them for nobody. */
    possible: (string | null)[] | null;
    taken: any;
    row: Row | null;
    since: number | null;
  }

  /** Looks at the middle of the sheet; k is pixels a degree of latitude. */
  interface Camera {
    lon: number;
    lat: number;
    k: number;
  }

  interface Box {
    x: number;
    y: number;
    w: number;
    h: number;
    /** The place whose marker it is. */
    of?: string;
  }

  /** Where a place falls on a sheet, and the radius of its marker, in pixels. */
  interface Point {
    x: number;
    y: number;
    r: number;
    /** Too small for signs. */
    dot?: boolean;
    out?: boolean;
  }

  interface Closeup {
    places: Given.Place[];
    title: string;
    letter: string;
    w: number;
    h: number;
    spot: Box | null;
    camera: Camera;
  }

  /** The answer to a question, or the difference between two: as the results of a run have them. */
  type Answer = Record<string, any>;

  interface Selection {
    kind: string;
    id: string;
  }

  /** The page's one state. */
  interface State {
    t: number;
    reading: string;
    selection: Selection | null;
    span: string;
    spanFrom: number;
    view: string;
    rule: string;
    symbols: string;
    theme: string;
    question: string | null;
    about: string;
    order: string;
    side: string;
    whose: string;
    stop: number;
    rows: string;
    unchanged: boolean;
    size: number;
    charts: boolean;
    tab: string;
  }

  type Part = keyof State;
}

interface Window {
  Plotly: any;
}
