/* Quick filter of who signs: hides the rows without the text, as one types. */
jQuery(function($) {
  var form = document.getElementById('prodworkflow-find');
  var table = document.querySelector('#prodworkflow-change table.pw-staff');
  if (!form || !table) return;
  var field = form.elements.find;
  var status = document.getElementById('prodworkflow-found');
  var rows = Array.prototype.slice.call(table.querySelectorAll('tr'))
    .filter(function(row) { return row.querySelector('td'); });

  function text(row) {
    var fields = Array.prototype.slice.call(
      row.querySelectorAll('input, textarea'));
    return [row.textContent].concat(fields.map(function(each) {
      return each.value;
    })).join('\n').toLowerCase();
  }

  function filter() {
    var word = field.value.trim().toLowerCase();
    var found = 0;
    rows.forEach(function(row) {
      var members = row.classList.contains('pw-members');
      var shown = text(row).indexOf(word) >= 0;
      row.hidden = !shown;
      if (members && word) row.querySelector('details').open = shown;
      if (shown && !members) found += 1;
    });
    status.textContent = word ? String(found) : '';
  }

  field.addEventListener('input', filter);
});
