/* What htmx puts in the window. */
interface Window {
  htmx?: { trigger(element: Element, event: string): void };
}
