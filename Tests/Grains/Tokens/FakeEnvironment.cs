using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace OrleansTicker.Tests.Grains.Tokens;

/// <summary>A host environment that is nothing but its name and its folder.</summary>
internal sealed class FakeEnvironment(string name, string contentRoot = "/") : IHostEnvironment
{
    public string EnvironmentName { get; set; } = name;

    public string ApplicationName { get; set; } = "Tests";

    public string ContentRootPath { get; set; } = contentRoot;

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}
