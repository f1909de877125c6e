/** The county's map: React Leaflet owns the map, one layer of ours draws everything on it. */
import { createElementObject, createLayerComponent, type LayerProps } from '@react-leaflet/core'
import L from 'leaflet'
import { MapContainer } from 'react-leaflet'
import { CountyLayer, type CountyProps } from '../canvas/map/county-layer.ts'

const County = createLayerComponent<CountyLayer, CountyProps & LayerProps>(
  function createCounty(props, context) {
    return createElementObject(new CountyLayer(props), context)
  },
  function updateCounty(layer, props) {
    layer.update(props)
  },
)

/** A picture, not a map to travel on: nothing pans, zooms or takes the focus. */
const still = {
  crs: L.CRS.Simple,
  center: [0, 0] as L.LatLngTuple,
  zoom: 0,
  zoomSnap: 0,
  minZoom: -20,
  maxZoom: 20,
  zoomControl: false,
  attributionControl: false,
  dragging: false,
  scrollWheelZoom: false,
  doubleClickZoom: false,
  boxZoom: false,
  touchZoom: false,
  keyboard: false,
  zoomAnimation: false,
  fadeAnimation: false,
  inertia: false,
  trackResize: false,
}

export function CountyMap(props: CountyProps) {
  return (
    <MapContainer className="map-land" {...still}>
      <County {...props} />
    </MapContainer>
  )
}
