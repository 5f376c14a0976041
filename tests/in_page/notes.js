// What the page says and offers. Parts marked data-live may change by script: they are left out, but for whether they
// hold anything. Taken last, for it takes those parts away.
() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const live = all("[data-live]").filter((part) => !part.parentElement.closest("[data-live]"));
    const liveParts = live.map((part) => Boolean(part.innerText?.trim()));
    live.forEach((part) => part.remove());
    return {
        language: document.documentElement.lang,
        title: document.title,
        headings: all("h1").length,
        crumbs: all("nav[aria-label=Breadcrumbs] li, nav[aria-label=Brödsmulor] li").length,
        description: document.querySelector("meta[name=description]")?.content ?? "",
        canonical: document.querySelector("link[rel=canonical]")?.href,
        others: all("header a[hreflang]").map((link) => [link.hreflang, link.getAttribute("href")]),
        alternates: all("link[rel=alternate][hreflang]").map((link) => [link.hreflang, new URL(link.href).pathname]),
        text: document.body.innerText,
        links: all("a[href]").map((link) => link.getAttribute("href")),
        controls: all("input, select, textarea, button").map((control) => `${control.localName} ${control.name}`),
        liveParts,
    };
}
