import * as yup from 'yup';

export const Page = yup.object().shape({ number: yup.number().required(), title: yup.string() });
export default yup.object({ count: yup.number(), note: yup.string() });
