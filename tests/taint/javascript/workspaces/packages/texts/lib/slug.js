exports.slug = (text) => text.toLowerCase().trim();
