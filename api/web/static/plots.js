// A plot as PNG, made here from the SVG that is offered beside it.

const SCALE = 2;

async function png(button) {
  const link = button.parentElement.querySelector("[data-svg]");
  const text = await (await fetch(link.href)).text();
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth * SCALE;
  canvas.height = picture.naturalHeight * SCALE;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const door = document.createElement("a");
  door.href = URL.createObjectURL(blob);
  door.download = button.dataset.png;
  door.click();
  setTimeout(() => URL.revokeObjectURL(door.href), 10_000);
}

for (const button of document.querySelectorAll("[data-png]")) {
  button.hidden = false;
  button.addEventListener("click", () => png(button));
}
