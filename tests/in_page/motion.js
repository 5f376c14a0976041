// What moves longer than a hundredth of a second although less motion is asked for. Gives a text for each.
() => {
    const longest = (told) => Math.max(...told.split(",").map((part) => parseFloat(part) * (part.includes("ms") ? 0.001 : 1)));
    const faults = [];
    for (const element of document.querySelectorAll("*")) {
        for (const part of [null, "::before", "::after"]) {
            const style = getComputedStyle(element, part);
            const seconds = Math.max(
                style.transitionProperty === "none" ? 0 : longest(style.transitionDuration),
                style.animationName === "none" ? 0 : longest(style.animationDuration),
            );
            if (seconds > 0.01) faults.push(`<${element.localName} class="${element.getAttribute("class") ?? ""}">${part ?? ""} for ${seconds} s`);
        }
    }
    return faults;
}
