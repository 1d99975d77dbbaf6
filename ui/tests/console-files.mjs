// Files of a territory made up for these tests: a square of a neighbourhood, two structures, three buildings.

const SOUTH = 47.39
const WEST = 0.69
const SIDE = 0.01

const square = [
  [WEST, SOUTH],
  [WEST + SIDE, SOUTH],
  [WEST + SIDE, SOUTH + SIDE],
  [WEST, SOUTH + SIDE],
  [WEST, SOUTH],
]

const file = (name, mimeType, text) => ({ name, mimeType, buffer: Buffer.from(text) })

/** One neighbourhood. */
export const zones = () =>
  file(
    'qpv-20240101.geojson',
    'application/geo+json',
    JSON.stringify({
      type: 'FeatureCollection',
      features: [{ type: 'Feature', properties: { code_qp: 'QN03799Z', lib_qp: 'Les Essais', insee_com: '37261' }, geometry: { type: 'Polygon', coordinates: [square] } }],
    }),
  )

/** Two structures; the hours of the second cannot be read. */
export const structures = () =>
  file(
    'liste-fs-20240801.csv',
    'text/csv',
    [
      'id_fs;lib_fs;adresse;code_postal;insee_com;lib_com;latitude;longitude;telephone;h_lundi;h_mardi;h_mercredi;h_jeudi;h_vendredi',
      '1;Maison des Essais;1 place des Essais;37000;37261;Tours;47.395;0.695;02 00 00 00 00;09:00 - 12:00;09:00 - 12:00;;;',
      '2;Relais inventé <b>gras</b>;3 place des Essais;37000;37261;Tours;47.396;0.696;02 00 00 00 01;Sur RDV;;;;',
    ].join('\r\n'),
  )

/** One building deep inside, one on the edge, one far away; two lines cannot be taken. */
export const dwellings = () => {
  const line = (number, floor, door, latitude, longitude) => `37261;37000;TOURS;${number};ALL;DES ESSAIS;C;${floor};${door};${latitude};${longitude}`
  const middle = [SOUTH + SIDE / 2, WEST + SIDE / 2]
  return file(
    'logements.csv',
    'text/csv',
    [
      'DEPCOM;CODEPOSTAL;LIBCOM;NUMVOIE;TYPVOIE;NOMVOIE;ESC;ETAGE;NUMAPPT;latitude;longitude',
      line(12, 'RDC', '001', ...middle),
      line(12, '1', '101', ...middle),
      line(12, '1', '102', ...middle),
      line(12, 'grenier', '999', ...middle),
      line(14, '1', '101', SOUTH + 0.0001, WEST + SIDE / 2),
      line(14, '1', '101', SOUTH + 0.0001, WEST + SIDE / 2),
      line(16, '2', '201', SOUTH - 0.05, WEST),
    ].join('\n'),
  )
}

/** What must be read as text wherever it is shown. */
export const HOSTILE = ['<img src=x onerror="window.hit=1">', '"><script>window.hit=1</script>', "javascript:window.hit=1//'", '{{constructor.constructor("window.hit=1")()}}', '‮evil <svg onload=window.hit=1>']
