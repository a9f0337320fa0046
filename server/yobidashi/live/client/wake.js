/**
 * The moments at which a page should look at its connection at once: it is seen again, the network is back, it comes out of the
 * browser's cache.
 *
 * @module
 */

/**
 * Calls back at every such moment.
 *
 * @param {() => void} callback
 * @returns {() => void} stops it
 */
export function onWake(callback) {
  // Outside a browser (a test, a tool) nothing sleeps.
  if (typeof document === "undefined") return () => {};
  const seen = () => {
    if (document.visibilityState === "visible") callback();
  };
  document.addEventListener("visibilitychange", seen);
  window.addEventListener("online", callback);
  window.addEventListener("pageshow", callback);
  return () => {
    document.removeEventListener("visibilitychange", seen);
    window.removeEventListener("online", callback);
    window.removeEventListener("pageshow", callback);
  };
}
