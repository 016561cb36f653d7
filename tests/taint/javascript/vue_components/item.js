// Vue: render functions and setup, markup as a property.
import { createApp, defineComponent, h, ref } from 'vue';
import { useRoute } from 'vue-router';

export const Item = defineComponent({
  setup() {
    const route = useRoute();
    const plain = ref('fixed');
    return () => [
      h('div', { innerHTML: route.query.text }), // vuln: javascript-cross-site-scripting
      h('div', { innerHTML: plain.value }), // safe: javascript-cross-site-scripting
      h('div', { title: route.query.text }, String(route.query.text)), // safe: javascript-cross-site-scripting
    ];
  },
});

createApp(Item).mount('#app');
