import Hummingbird

extension Pages {
    func addAssets(to router: Router<PageContext>) {
        router.get("page.css") { _, _ in
            Response.bytes(PackageResources.page_css, type: "text/css; charset=utf-8")
        }
        router.get("page.js") { _, _ in
            Response.bytes(PackageResources.page_js, type: "text/javascript; charset=utf-8")
        }
        router.get("icon.svg") { _, _ in
            Response.bytes(PackageResources.icon_svg, type: "image/svg+xml")
        }
    }
}
