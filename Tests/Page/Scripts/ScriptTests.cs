namespace OrleansTicker.Tests.Page.Scripts;

/// <summary>What the page's scripts say about themselves: their own tests, under Node.js without a browser, their types, and the linter.</summary>
public sealed class ScriptTests
{
    [Fact]
    public async Task The_tests_of_the_scripts_pass()
    {
        var folder = await PageScripts.Package.InstallOnceAsync();
        var files = Directory.GetFiles(Path.Combine(folder, "tests"), "*.test.js", SearchOption.AllDirectories);
        Assert.NotEmpty(files);

        var (exitCode, output) = await PageScripts.Package.RunAsync(["--test", .. files]);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task The_types_of_the_scripts_fit()
    {
        var (exitCode, output) = await PageScripts.Package.RunAsync("node_modules/typescript/bin/tsc");

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task The_linter_finds_nothing_wrong()
    {
        var (exitCode, output) = await PageScripts.Package.RunAsync("node_modules/eslint/bin/eslint.js");

        Assert.True(exitCode == 0, output);
    }
}
