using OrleansTicker.Gateway.Keys;

namespace OrleansTicker.Tests.Gateway.Keys;

public sealed class ApiKeyFormatTests
{
    [Fact]
    public void A_key_is_made_in_the_form_that_is_checked()
    {
        var key = ApiKeyFormat.Create();

        Assert.Matches("^otk_[0-9A-Za-z]{38}$", key);
        Assert.True(ApiKeyFormat.IsWellFormed(key));
        Assert.Equal(key[..8], ApiKeyFormat.HintOf(key));
        Assert.NotEqual(key, ApiKeyFormat.Create());
    }

    [Theory]
    [InlineData("otk_0123456789ABCDEFGHIJKLMNOPQRSTUV1ggZdL")]
    [InlineData("otk_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz4W8LJS")]
    [InlineData("otk_0000000000000000000000000000017200YwDE")]
    public void The_checksum_is_the_CRC_32_that_everyone_computes(string key) => Assert.True(ApiKeyFormat.IsWellFormed(key));

    [Fact]
    public void A_key_with_any_one_character_changed_is_malformed()
    {
        var key = ApiKeyFormat.Create();
        for (var index = 0; index < key.Length; index++)
        {
            var other = key[index] == 'x' ? 'y' : 'x';
            Assert.False(ApiKeyFormat.IsWellFormed(key[..index] + other + key[(index + 1)..]));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("otk_")]
    [InlineData("demo")]
    [InlineData("otk_ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ000000")]
    public void Whatever_else_is_presented_is_malformed(string? text) => Assert.False(ApiKeyFormat.IsWellFormed(text));
}
