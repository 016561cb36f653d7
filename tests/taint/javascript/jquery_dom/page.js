// jQuery: html, append, selectors that become markup; text and attributes that do not.
import $ from 'jquery';

const query = new URLSearchParams(location.search);

$('#box').html(query.get('text')); // vuln: javascript-cross-site-scripting
$('#box').text(query.get('text')); // safe: javascript-cross-site-scripting
$('#list').append(`<li>${query.get('item')}</li>`); // vuln: javascript-cross-site-scripting
$('#list').append($('<li>').text(query.get('item'))); // safe: javascript-cross-site-scripting
$(location.hash); // vuln: javascript-cross-site-scripting
$('#box').find('.item').val(query.get('item')); // safe: javascript-cross-site-scripting
$('#box').attr('title', query.get('title')); // safe: javascript-cross-site-scripting
$('<div>' + query.get('text') + '</div>').appendTo('body'); // vuln: javascript-cross-site-scripting

$(window).on('message', (event) => {
  $('#status').html(event.originalEvent.data); // vuln: javascript-cross-site-scripting
});
