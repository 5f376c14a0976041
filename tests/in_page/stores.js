// What the page has kept in the browser. Gives a text for each.
async () => [
    ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
    ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
    ...(await indexedDB.databases()).map((database) => `indexedDB ${database.name}`),
    ...(await caches.keys()).map((key) => `caches ${key}`),
    ...(await navigator.serviceWorker.getRegistrations()).map((worker) => `service worker ${worker.scope}`),
]
