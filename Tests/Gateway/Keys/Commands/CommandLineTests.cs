using OrleansTicker.Gateway.Keys.Commands;

namespace OrleansTicker.Tests.Gateway.Keys.Commands;

/// <summary>What the program does with its command line.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData(true, "keys", "list")]
    [InlineData(true, "key")]
    [InlineData(true, "--help")]
    [InlineData(false)]
    [InlineData(false, "--urls", "http://localhost:8090")]
    [InlineData(false, "/urls", "http://localhost:8090")]
    [InlineData(false, "urls=http://localhost:8090")]
    public void A_word_is_a_command_and_all_else_a_setting(bool isCommand, params string[] args) =>
        Assert.Equal(isCommand, KeysCommand.Takes(args));

    [Fact]
    public async Task A_command_that_does_not_exist_is_told_and_starts_nothing()
    {
        var output = new StringWriter();
        var error = new StringWriter();

        var code = await KeysCommand.RunAsync(["key", "list"], output, error, new());

        Assert.Equal(2, code);
        Assert.Contains("'key'", error.ToString(), StringComparison.Ordinal);
    }
}
