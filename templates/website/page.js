"use strict";
// Without this file every link still opens its address.

// A player is loaded when somebody asks for it: before, no other website learns of the visit.
for (const link of document.querySelectorAll("a[data-embed]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const player = document.createElement("iframe");
    player.title = link.dataset.title;
    player.allow = "fullscreen; encrypted-media; picture-in-picture";
    // Players refuse to start for a page that does not say where it stands.
    player.referrerPolicy = "strict-origin-when-cross-origin";
    player.src = link.dataset.embed;
    const video = link.closest(".video");
    video.classList.add("large");
    video.querySelector(".picture").replaceWith(player);
    video.querySelector(".button").remove();
    player.focus();
  });
}

// The page that we leave takes its place in the history, so that "Back" does not show it.
for (const link of document.querySelectorAll("a[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(link.href);
  });
}
