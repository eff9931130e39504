using Mono.Cecil;

namespace OrleansTicker.Tests.Structure;

public sealed class FolderRules
{
    /// <summary>No folder of a project uses one that uses it, directly or indirectly: each can be read after those that it uses.</summary>
    [Theory]
    [InlineData("Common")]
    [InlineData("Gateway")]
    [InlineData("Grains")]
    [InlineData("Grains.Interfaces")]
    [InlineData("History")]
    [InlineData("LoadTest")]
    [InlineData("Tests")]
    public void Folders_use_each_other_in_no_circle(string project)
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"OrleansTicker.{project}.dll"));

        var circle = NamespaceGraph.Of(module).FindCircle();

        Assert.True(circle is null, circle);
    }

    [Fact]
    public void A_circle_is_told_step_by_step()
    {
        using var module = ModuleDefinition.CreateModule("Shop", ModuleKind.Dll);
        var (cart, price, tax) = (Add("Shop.Carts", "Cart"), Add("Shop.Prices", "Price"), Add("Shop.Taxes", "Tax"));
        Use(cart, price);
        Use(price, tax);
        Assert.Null(NamespaceGraph.Of(module).FindCircle());

        Use(tax, new GenericInstanceType(module.ImportReference(typeof(List<>))) { GenericArguments = { cart } });

        Assert.Equal(
            "Shop.Carts uses Shop.Prices (Cart → Price); Shop.Prices uses Shop.Taxes (Price → Tax); Shop.Taxes uses Shop.Carts (Tax → Cart)",
            NamespaceGraph.Of(module).FindCircle());

        TypeDefinition Add(string space, string name)
        {
            var type = new TypeDefinition(space, name, TypeAttributes.Class, module.TypeSystem.Object);
            module.Types.Add(type);
            return type;
        }

        static void Use(TypeDefinition user, TypeReference used) => user.Fields.Add(new FieldDefinition("_used", FieldAttributes.Private, used));
    }
}
