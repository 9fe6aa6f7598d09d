// A file can be dropped anywhere on the area around its field. Without this module the
// field itself takes it.

for (const area of document.querySelectorAll("[data-drop]")) {
  const field = area.querySelector('input[type="file"]');

  area.addEventListener("dragover", (event) => {
    event.preventDefault();
    area.classList.add("is-over");
  });
  area.addEventListener("dragleave", () => area.classList.remove("is-over"));
  area.addEventListener("drop", (event) => {
    area.classList.remove("is-over");
    if (event.target === field || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    field.files = event.dataTransfer.files;
  });
}
