// Fills {{items}} with one line for each item.
module.exports = (view, items) => view.replace('{{items}}', items.map((item) => `  <li>${item}</li>`).join('\n'));
