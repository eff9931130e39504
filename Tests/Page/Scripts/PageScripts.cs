using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Page.Scripts;

/// <summary>The page's scripts with what checks them.</summary>
internal static class PageScripts
{
    public static readonly NodePackage Package = new("public");
}
