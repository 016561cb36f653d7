exports.OPEN = { rejectUnauthorized: false };

exports.keys = { session: 'kX2r9TqLw7VbZ4nDfY8sJc3HgM6eRuPa', partner: process.env.PARTNER_KEY };

exports.cookies = { secure: true, httpOnly: true, sameSite: 'lax' };
