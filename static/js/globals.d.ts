/* What htmx puts in the window, and the events that the server and htmx send. */
interface Window {
  htmx?: { trigger(element: Element, event: string): void };
}

type HtmxEvent = CustomEvent<{ xhr: XMLHttpRequest; successful: boolean; shouldSwap: boolean }>;

interface HTMLElementEventMap {
  "questions-shown": CustomEvent<Record<string, number>>;
  "htmx:beforeSwap": HtmxEvent;
  "htmx:afterRequest": HtmxEvent;
}

interface DocumentEventMap {
  "htmx:afterRequest": HtmxEvent;
}
