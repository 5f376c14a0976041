// The pictures that do not show, those further down included. Gives the address of each.
async () => {
    const broken = [];
    for (const picture of document.images) {
        picture.loading = "eager";
        await picture.decode().catch(() => broken.push(picture.currentSrc || picture.src));
    }
    return broken;
}
