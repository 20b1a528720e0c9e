(function () {
  "use strict";
  var page = document.documentElement;
  if (/MicroMessenger/i.test(navigator.userAgent)) { page.className += " wechat"; }
  var close = document.getElementById("overlay-close");
  if (close) { close.addEventListener("click", function () { page.className = page.className.replace(" wechat", ""); }); }
  var button = document.getElementById("copy"), field = document.getElementById("address");
  button.hidden = false;
  button.addEventListener("click", function () {
    function done() { button.textContent = button.getAttribute("data-done"); }
    function select() {
      field.focus();
      field.setSelectionRange(0, field.value.length);
      if (document.execCommand("copy")) { done(); }
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(field.value).then(done, select);
    } else { select(); }
  });
}());
