import Hummingbird
import Mustache
let css = PackageResources.page_css
let t = PackageResources.list_mustache
